package org.stylemining.dataset;

/** A file of a sample is damaged: which one, and in what way. */
public final class DamagedSample extends Exception {
  private final String path;
  private final String reason;

  public DamagedSample(String path, String reason) {
    super(path + ": " + reason);
    this.path = path;
    this.reason = reason;
  }

  public DamagedSample(String path, String reason, Throwable cause) {
    super(path + ": " + reason, cause);
    this.path = path;
    this.reason = reason;
  }

  /** URI of the damaged file. */
  public String path() {
    return path;
  }

  /** What is wrong with it. */
  public String reason() {
    return reason;
  }
}
