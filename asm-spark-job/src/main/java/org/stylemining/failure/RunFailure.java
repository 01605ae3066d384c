package org.stylemining.failure;

import java.io.Serial;

/**
 * A run that cannot go on, for a reason outside of it: lost workers, a full disk, another run in
 * its folder. The message is for the person who started it and names the first cause first. The
 * program ends with status 1, and the run can be resumed.
 */
public final class RunFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public RunFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
