package org.stylemining.config;

/** What a worker counts by in the mean ({@code sync.weight}). */
public enum WorkerWeight implements Word {
  /** The updates that it made. */
  UPDATES,
  /** The source images that it trained on. */
  SAMPLES,
  /** Every worker that made an update counts the same. */
  EQUAL
}
