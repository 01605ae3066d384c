package org.stylemining.config;

import java.io.Serializable;

/**
 * Weights of Eq. 3 relative to the content loss: {@code style.pretrain.weights}.
 *
 * @param style of L_s
 * @param kl of L_KL
 * @param reconstruction of L_Rec
 */
public record LossWeights(
    @Within("[0, inf)") double style,
    @Within("[0, inf)") double kl,
    @Within("[0, inf)") double reconstruction)
    implements Serializable {}
