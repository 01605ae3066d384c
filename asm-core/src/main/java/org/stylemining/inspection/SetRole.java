package org.stylemining.inspection;

/** What a configuration uses a set for. */
public enum SetRole {
  /** Labelled images that networks are trained on. */
  SOURCE,
  /** The new domain; of its images only the anchors are used. */
  TARGET,
  /** Labelled images that are scored. */
  EVALUATION,
  /** Style images of {@code pretrain}. */
  STYLES
}
