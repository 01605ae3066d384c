package org.stylemining.command;

import java.util.function.Consumer;
import org.stylemining.config.UserMistake;
import org.stylemining.failure.JobFailure;
import org.stylemining.failure.RunFailure;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** Runs commands inside a JVM that lives on. */
public final class Commands {
  private Commands() {}

  /**
   * Runs one command.
   *
   * @param args such as {@code train conf/demo.conf --out runs/demo}
   * @return 0 where the work was done, 2 for a mistake of the user's, 1 for any other failure; what
   *     was wrong stands on the standard error stream
   */
  public static int run(String... args) {
    return run(failure -> {}, args);
  }

  /** All commands with their options. */
  static CommandLine line() {
    CommandLine line = new CommandLine(new AsmCommand());
    HelpPages.form(line);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new Misunderstanding());
  }

  /** The same, and hands on what was thrown where the work failed. */
  static int run(Consumer<Throwable> failures, String... args) {
    return line()
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              failures.accept(failure);
              if (failure instanceof UserMistake) {
                command.getErr().println("asm: " + failure.getMessage());
                return ExitCode.USAGE;
              }
              if (failure instanceof JobFailure) {
                // The stack traces stand in the file that the message names.
                command.getErr().println("asm: " + failure.getMessage());
                return ExitCode.SOFTWARE;
              }
              if (failure instanceof RunFailure) {
                command.getErr().println("asm: " + failure.getMessage());
                if (failure.getCause() != null) {
                  failure.getCause().printStackTrace(command.getErr());
                }
                return ExitCode.SOFTWARE;
              }
              failure.printStackTrace(command.getErr());
              return ExitCode.SOFTWARE;
            })
        .execute(args);
  }
}
