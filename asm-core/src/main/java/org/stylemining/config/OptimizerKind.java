package org.stylemining.config;

/** The optimiser of the task network ({@code training.optimizer}). */
public enum OptimizerKind {
  /** Momentum SGD. */
  SGD,
  /** AdamW. */
  ADAM
}
