package org.stylemining.command;

import org.stylemining.config.UserMistake;
import picocli.CommandLine.Option;

/** The number of threads of a benchmark, which {@code bin/asm} sets before Java starts. */
final class BenchThreads {
  private static final String VARIABLE = "OMP_NUM_THREADS";

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Threads of the operations; OMP_NUM_THREADS, else all cores, by default.")
  private Integer threads;

  /**
   * Refuses what cannot be had.
   *
   * @throws UserMistake where the number is not positive, or is not the one this process started
   *     with
   */
  void check() {
    check(System.getenv(VARIABLE));
  }

  void check(String variable) {
    if (threads == null) {
      return;
    }
    if (threads < 1) {
      throw new UserMistake("--threads: expected a positive number, found " + threads);
    }
    if (!String.valueOf(threads).equals(variable)) {
      throw new UserMistake(
          "--threads %d: threads are fixed before Java starts, and %s is %s; start with bin/asm bench, or set %s=%d"
              .formatted(
                  threads, VARIABLE, variable == null ? "not set" : variable, VARIABLE, threads));
    }
  }
}
