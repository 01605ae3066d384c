package org.stylemining.mining;

import org.stylemining.config.StepRule;

/**
 * Length of a step of gradient ascent, eps <- eps + beta dL/deps.
 *
 * @param rule constant (the paper), by the inverse of the loss (the official code) or relative to
 *     the sampling noise: a gradient's scale depends on image size, features and latent size, so
 *     that no constant suits all
 * @param size beta; its product with L; or the step's length as a share of the noise's
 */
public record MiningStep(StepRule rule, double size) {

  /**
   * Beta for one image.
   *
   * @param gradient dL/deps of the image
   * @param loss L_M of the batch
   * @param noiseLength ||n * xi|| of the image's first sample
   */
  double factor(double[] gradient, double loss, double noiseLength) {
    return switch (rule) {
      case CONSTANT -> size;
      case INVERSE_LOSS -> size / Math.max(loss, 1e-6);
      case RELATIVE -> {
        double sum = 0;
        for (double g : gradient) {
          sum += g * g;
        }
        yield sum == 0 ? 0 : size * noiseLength / Math.sqrt(sum);
      }
    };
  }
}
