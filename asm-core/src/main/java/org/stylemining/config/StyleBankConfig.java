package org.stylemining.config;

import java.io.Serializable;

/**
 * The block {@code style.pretrain.bank}.
 *
 * @param size style vectors
 * @param iterations iterations of the VAE
 * @param batch style vectors per iteration
 * @param learningRate of Adam
 * @param kl weight of L_KL relative to the reconstruction
 */
public record StyleBankConfig(
    @Within("[1, inf)") int size,
    @Within("[1, inf)") int iterations,
    @Within("[1, inf)") int batch,
    @Within("(0, inf)") double learningRate,
    @Within("[0, inf)") double kl)
    implements Serializable {}
