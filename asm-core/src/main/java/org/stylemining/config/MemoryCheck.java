package org.stylemining.config;

/** What a job does that may not fit into memory ({@code cluster.memory-check}). */
public enum MemoryCheck implements Word {
  /** It ends before work begins. */
  REFUSE,
  /** It says so and goes on. */
  WARN
}
