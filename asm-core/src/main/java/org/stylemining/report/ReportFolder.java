package org.stylemining.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;

/**
 * Where the parts of a report are: in a run folder, or in a folder that holds a run as {@code
 * train} and its scores beside it.
 *
 * @param folder that was asked for; the page is written into it
 * @param run whose metrics, strips, configuration and provenance are shown
 * @param scores the evaluation's, where there are any
 * @param samples folder of the example predictions; it may be missing
 * @param explained folder that {@code explain} wrote into; what it wrote may be missing
 */
record ReportFolder(
    Path folder, RunFolder run, Optional<Path> scores, Path samples, RunFolder explained) {

  /**
   * Finds the parts.
   *
   * @throws UserMistake where there is no such folder, or nothing in it to report
   */
  static ReportFolder find(RunFolder asked) throws IOException {
    FileSystem fileSystem = asked.fileSystem();
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus file : fileSystem.listStatus(asked.path())) {
        if (file.getPath().equals(asked.path())) {
          throw new UserMistake("report " + asked.path() + ": expected a run folder, found a file");
        }
        names.add(file.getPath().getName());
      }
    } catch (FileNotFoundException e) {
      throw new UserMistake(
          "report " + asked.path() + ": expected a run folder, found no such folder");
    }
    RunFolder inside = new RunFolder(fileSystem, new Path(asked.path(), "train"));
    boolean outer = !isRun(asked) && isRun(inside);
    RunFolder run = outer ? inside : asked;
    ReportFolder parts = of(asked, run);
    if (!isRun(run) && parts.scores.isEmpty() && !fileSystem.exists(parts.explained.embedding())) {
      throw new UserMistake(
          "report %s: expected a run folder (with metrics.jsonl), one that holds train/ and scores.json, or what `explain` wrote, found %s"
              .formatted(
                  asked.path(), names.isEmpty() ? "an empty folder" : "only " + some(names)));
    }
    return parts;
  }

  /**
   * The parts as they are now, of which any may be missing.
   *
   * @param run in the folder that was asked for, or that folder itself
   */
  static ReportFolder of(RunFolder asked, RunFolder run) throws IOException {
    FileSystem fileSystem = asked.fileSystem();
    Path beside = new Path(asked.path(), "scores.json");
    Optional<Path> scores =
        first(
            fileSystem,
            run.path().equals(asked.path())
                ? List.of(run.scores(), beside)
                : List.of(beside, asked.scores(), run.scores()));
    Path samples =
        first(
                fileSystem,
                Stream.of(asked.samples(), new Path(asked.path(), "samples"), run.samples())
                    .toList())
            .orElse(run.samples());
    return new ReportFolder(
        asked.path(), run, scores, samples, fileSystem.exists(asked.embedding()) ? asked : run);
  }

  private static boolean isRun(RunFolder run) throws IOException {
    return first(run.fileSystem(), List.of(run.metrics(), run.config(), run.provenance()))
        .isPresent();
  }

  private static Optional<Path> first(FileSystem fileSystem, List<Path> candidates)
      throws IOException {
    for (Path candidate : candidates) {
      if (fileSystem.exists(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static String some(List<String> names) {
    String listed = names.stream().sorted().limit(5).collect(Collectors.joining(", "));
    return names.size() > 5 ? listed + " and " + (names.size() - 5) + " more" : listed;
  }
}
