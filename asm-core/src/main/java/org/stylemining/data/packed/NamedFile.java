package org.stylemining.data.packed;

/**
 * A file's path, relative to the set's root, and its bytes; not copied.
 *
 * @param path with slashes
 */
public record NamedFile(String path, byte[] bytes) {}
