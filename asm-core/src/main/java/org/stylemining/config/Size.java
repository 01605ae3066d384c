package org.stylemining.config;

import java.io.Serializable;

/**
 * A size in pixels.
 *
 * @param width pixels
 * @param height pixels
 */
public record Size(int width, int height) implements Serializable {}
