package org.stylemining.command;

/** The process that {@code spark-submit}, or a plain JVM, starts. */
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its status. */
  public static void main(String[] args) {
    // Threads of libraries must neither keep the process alive nor change its status.
    System.exit(Commands.run(args));
  }
}
