package org.stylemining.config;

/** Where the next eps comes from ({@code mining.sampling}, Table 4). */
public enum Sampling implements Word {
  /** Up the gradient of the task loss: ASM. */
  ADVERSARIAL,
  /** eps ~ N(psi, xi) every step. */
  ANCHORED,
  /** eps ~ N(0, I) every step. */
  RANDOM
}
