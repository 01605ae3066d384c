package org.stylemining.inspection;

/** What a finding means for a run. */
public enum Severity {
  /** A run would stop, or its result would not be what it seems. */
  WRONG,
  /** A run would go on; a person should know. */
  WARNING
}
