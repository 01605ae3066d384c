package org.stylemining.config;

/** Which parameters are the result of a run ({@code sync.final-model.rule}). */
public enum FinalModel implements Word {
  /** Those after the last round. */
  LAST,
  /** The mean of those after each of the last rounds. */
  MEAN
}
