package org.stylemining.config;

import java.io.Serializable;

/**
 * The block {@code checkpoint}.
 *
 * @param every sync rounds between two checkpoints
 * @param keep newest checkpoints kept
 * @param onFailure what a run does where a checkpoint but its last cannot be written
 */
public record CheckpointConfig(
    @Within("[1, inf)") int every, @Within("[1, inf)") int keep, OnFailure onFailure)
    implements Serializable {}
