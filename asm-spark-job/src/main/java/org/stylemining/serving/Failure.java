package org.stylemining.serving;

import java.io.Serializable;

/**
 * An image that got no labels.
 *
 * @param image its URI
 * @param reason what is wrong with it
 */
public record Failure(String image, String reason) implements Serializable {}
