package org.stylemining.origin;

/** Kinds of things whose origin is told. */
public enum Kind {
  RUN("run folder"),
  CHECKPOINT("checkpoint"),
  GENERATOR("generator"),
  SCORES("scores"),
  COMPARISON("comparison"),
  LABELS("labels"),
  PACKED_SET("packed set");

  private final String words;

  Kind(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }
}
