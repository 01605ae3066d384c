package org.stylemining.mining;

/** Where the next codes come from (Table 4 of the paper). */
public interface SamplingStrategy {
  /**
   * The codes of a mining step.
   *
   * @param positions of the source images in the training order
   * @param miningStep from 0
   * @param previous codes of the step before, null in step 0
   * @param gradient dL/deps [images][L] of the step before, null in step 0 or where not asked for
   * @param loss L_M of the step before
   */
  Codes next(long[] positions, int miningStep, Codes previous, double[][] gradient, double loss);

  /** Whether the gradient at the codes of the given step will be used. */
  boolean usesGradient(int miningStep, int depth);

  /** eps ~ N(psi, xi), drawn anew in every step. */
  static SamplingStrategy anchored(StyleAnchor anchor, Noise noise) {
    return new Sampled(anchor, noise, false);
  }

  /** eps ~ N(0, I), drawn anew in every step: styles of no domain in particular. */
  static SamplingStrategy random(StyleAnchor anchor, Noise noise) {
    return new Sampled(anchor, noise, true);
  }

  /** ASM: eps ~ N(psi, xi) in the first step, then steps of gradient ascent on the task loss. */
  static SamplingStrategy adversarial(StyleAnchor anchor, Noise noise, MiningStep step) {
    return new Adversarial(new Sampled(anchor, noise, false), step);
  }
}
