package org.stylemining.cluster;

import java.nio.file.Path;
import java.util.List;

/**
 * What a command left behind.
 *
 * @param command its words
 * @param status exit status
 * @param output what it wrote on the standard output stream
 * @param errors what it wrote on the standard error stream
 * @param log file of the errors; the output is beside it
 */
public record Ended(List<String> command, int status, String output, String errors, Path log) {

  public Ended {
    command = List.copyOf(command);
  }

  /** Both streams' ends, for messages of failed tests. */
  @Override
  public String toString() {
    return "%s%nended with status %d, and wrote (all of it in %s)%n%s%n%s"
        .formatted(
            String.join(" ", command), status, log, Tail.of(output, 20), Tail.of(errors, 40));
  }
}
