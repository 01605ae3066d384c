package org.stylemining.serving;

import java.io.Serializable;

/**
 * An image that is to be labelled.
 *
 * @param path relative to the listing's base, such as {@code a/b/c.jpg}
 * @param bytes of the file
 * @param modified when the file was, in milliseconds of its file system's clock
 */
public record ListedImage(String path, long bytes, long modified) implements Serializable {}
