package org.stylemining.config;

/** What becomes of the workers' optimizer states ({@code sync.optimizer-state}). */
public enum StateRule implements Word {
  /** They are averaged as the parameters are. */
  AVERAGE,
  /** Every round begins with zero, and the state is not sent. */
  RESET
}
