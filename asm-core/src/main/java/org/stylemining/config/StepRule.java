package org.stylemining.config;

/** How long a mining step is ({@code mining.step}). */
public enum StepRule implements Word {
  /** beta = step-size. */
  CONSTANT,
  /** beta = step-size / L. */
  INVERSE_LOSS,
  /** step-size times the length of the image's sampling noise. */
  RELATIVE
}
