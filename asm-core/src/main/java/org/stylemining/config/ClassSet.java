package org.stylemining.config;

/** Which classes a score counts ({@code evaluate.classes}). */
public enum ClassSet implements Word {
  /** Those of {@code data.labels}. */
  ALL,
  /** The 13 on which SYNTHIA is scored. */
  SYNTHIA13,
  /** Those named, see {@link ClassSelection#names}. */
  LISTED
}
