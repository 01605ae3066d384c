package org.stylemining.config;

import java.io.Serializable;
import java.util.Optional;

/**
 * The training of RAIN: the block {@code style.pretrain}.
 *
 * @param styles folder of style images
 * @param rule which losses train what
 * @param iterations iterations
 * @param batch images per iteration and worker
 * @param resize size images are resized to
 * @param crop side of the square crop, pixels
 * @param learningRate at iteration 0
 * @param learningRateDecay rate / (1 + decay * iteration)
 * @param weights of Eq. 3
 * @param syncEvery iterations between two averagings
 * @param photoStyles share of content images among the style images
 * @param varyStyles strong random changes of the style images' colours
 * @param bank rule {@code style-bank}
 * @param encoderTraining encoder {@code trained}
 */
public record PretrainConfig(
    Optional<String> styles,
    RainRule rule,
    @Within("[1, inf)") int iterations,
    @Within("[1, inf)") int batch,
    @Within("[1, inf)") Size resize,
    @Within("[1, inf)") int crop,
    @Within("(0, inf)") double learningRate,
    @Within("[0, inf)") double learningRateDecay,
    LossWeights weights,
    @Within("[1, inf)") int syncEvery,
    @Within("[0, 1]") double photoStyles,
    boolean varyStyles,
    StyleBankConfig bank,
    EncoderTrainingConfig encoderTraining)
    implements Serializable {
  private Object writeReplace() {
    return new SerializedRecord(this);
  }
}
