package org.stylemining.config;

/** How many updates lie between two averagings ({@code sync.interval.rule}). */
public enum IntervalRule implements Word {
  /** Always {@code cluster.sync-every}. */
  FIXED,
  /**
   * One source batch up to a given update, {@code cluster.sync-every} updates from then on:
   * post-local SGD (Lin, Stich, Patel, Jaggi, Don't Use Large Mini-Batches, Use Local SGD, ICLR
   * 2020, section 3).
   */
  POST_LOCAL,
  /**
   * As many as the learning rate is small, (coefficient / rate)^2: the quadratic synchronization
   * rule (Gu, Lyu, Arora, Zhang, Huang, A Quadratic Synchronization Rule for Distributed Deep
   * Learning, ICLR 2024, section 2).
   */
  QUADRATIC
}
