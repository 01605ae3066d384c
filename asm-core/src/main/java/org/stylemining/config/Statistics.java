package org.stylemining.config;

/** Which statistics normalise while training ({@code model.batch-norm.statistics}). */
public enum Statistics implements Word {
  /** The batch's; the running ones are tracked. */
  BATCH,
  /** The running ones, which stay as they are. */
  RUNNING
}
