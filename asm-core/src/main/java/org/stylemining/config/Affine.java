package org.stylemining.config;

/** What becomes of batch-norm's scale and shift ({@code model.batch-norm.affine}). */
public enum Affine implements Word {
  /** As loaded. */
  FROZEN,
  /** Trained. */
  TRAINED
}
