package org.stylemining.config;

/** The optimiser of the task network ({@code training.optimizer}). */
public enum OptimizerKind implements Word {
  /** Momentum SGD. */
  SGD,
  /** AdamW. */
  ADAM
}
