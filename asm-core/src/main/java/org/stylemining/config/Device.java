package org.stylemining.config;

/** What workers compute on ({@code cluster.device}). */
public enum Device implements Word {
  /** What the build is for; a GPU must be asked of Spark, and only for a build that uses it. */
  AUTO,
  /** Processors, whatever Spark gives. */
  CPU,
  /** GPUs, one for each worker. */
  GPU
}
