package org.stylemining.config;

import java.io.Serializable;

/**
 * The range of factors on an image's size: {@code data.scale}.
 *
 * @param min smallest factor
 * @param max largest factor
 */
public record ScaleRange(@Within("(0, inf)") double min, @Within("(0, inf)") double max)
    implements Serializable {}
