package org.stylemining.failure;

/** A job's failure in one message, whose details stand in a file. */
public final class JobFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JobFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
