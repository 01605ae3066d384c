package org.stylemining.config;

import java.io.Serializable;
import java.util.Optional;

/**
 * RAIN, the style generator: the block {@code style}.
 *
 * @param encoder where features come from
 * @param encoderWeights file of the encoder's weights
 * @param rain folder that {@code pretrain} wrote
 * @param latent length of eps
 * @param hidden width of the VAE's hidden layers
 * @param pretrain training
 */
public record StyleConfig(
    Encoder encoder,
    Optional<String> encoderWeights,
    Optional<String> rain,
    @Within("[1, inf)") int latent,
    @Within("[1, inf)") int hidden,
    PretrainConfig pretrain)
    implements Serializable {
  private Object writeReplace() {
    return new SerializedRecord(this);
  }
}
