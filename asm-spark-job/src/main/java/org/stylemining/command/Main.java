package org.stylemining.command;

import java.util.concurrent.atomic.AtomicReference;

/** The process that {@code spark-submit}, or a plain JVM, starts. */
public final class Main {
  private Main() {}

  /**
   * Runs a command and ends the process with its status.
   *
   * <p>Inside YARN's application master, which takes an exit for a failure of its own whatever the
   * status, a command that succeeded returns and one that failed throws: YARN then knows the end,
   * and shows the message to whoever submitted.
   */
  public static void main(String[] args) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    int status = Commands.run(failure::set, args);
    if (isInApplicationMaster()) {
      if (status != 0) {
        throw new CommandFailed(status, failure.get());
      }
      return;
    }
    // Threads of libraries must neither keep the process alive nor change its status.
    System.exit(status);
  }

  /** Whether this is the driver of cluster mode on YARN, which runs inside its master. */
  private static boolean isInApplicationMaster() {
    return "yarn".equals(System.getProperty("spark.master"))
        && "cluster".equals(System.getProperty("spark.submit.deployMode"));
  }

  /** The end of a command, as YARN shows it. */
  private static final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    CommandFailed(int status, Throwable cause) {
      super(
          cause == null
              ? "asm ended with status %d; the driver's log tells why".formatted(status)
              : "asm ended with status %d: %s".formatted(status, cause.getMessage()),
          null,
          false,
          // Its own stack tells nothing, and the cause's is in the log.
          false);
    }
  }
}
