package org.stylemining.config;

import java.io.Serializable;

/**
 * The block {@code checkpoint}.
 *
 * @param every sync rounds between two checkpoints
 * @param keep newest checkpoints kept
 */
public record CheckpointConfig(@Within("[1, inf)") int every, @Within("[1, inf)") int keep)
    implements Serializable {}
