package org.stylemining.config;

import java.io.Serializable;

/**
 * The block {@code style.pretrain.encoder-training}.
 *
 * @param iterations iterations
 * @param batch images per iteration
 * @param learningRate of Adam
 */
public record EncoderTrainingConfig(
    @Within("[1, inf)") int iterations,
    @Within("[1, inf)") int batch,
    @Within("(0, inf)") double learningRate)
    implements Serializable {}
