package org.stylemining.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The run in a folder that a person watches: the folder itself, the run in a demo's folder, the
 * phase of the style generator's training that goes on, or of a comparison the cell that trains.
 *
 * @param run whose metrics are followed
 * @param job folder that the run's job holds, with its configuration and provenance; often the same
 * @param part which part of the job that is, for people; may be empty
 */
record WatchedFolder(RunFolder run, RunFolder job, String part) {
  private static final List<String> PHASES = List.of("decoder", "encoder");

  /** Of cells that train side by side, the one that is shown stays as long as it moves. */
  private static final Duration STAYS = Duration.ofMinutes(2);

  /**
   * The run in a folder now; the folder itself while there is none.
   *
   * @param before what was found there the last time; null the first time
   */
  static WatchedFolder find(RunFolder asked, WatchedFolder before) throws IOException {
    // What comes later in the course of a command comes first.
    for (String job : List.of("", "train", "rain")) {
      Optional<WatchedFolder> found = runOf(inside(asked, job), "");
      if (found.isPresent()) {
        return found.get();
      }
    }
    return cell(asked, before).orElse(new WatchedFolder(asked, asked, ""));
  }

  /** The run of a job, or the phase of it that goes on. */
  private static Optional<WatchedFolder> runOf(RunFolder job, String name) throws IOException {
    if (hasMetrics(job)) {
      return Optional.of(new WatchedFolder(job, job, name));
    }
    for (String phase : PHASES) {
      RunFolder run = inside(job, "phases/" + phase);
      if (hasMetrics(run)) {
        String part = "style generator, " + phase;
        return Optional.of(new WatchedFolder(run, job, name.isEmpty() ? part : name + ", " + part));
      }
    }
    return Optional.empty();
  }

  private static boolean hasMetrics(RunFolder run) throws IOException {
    return run.fileSystem().exists(run.metrics())
        || run.fileSystem().exists(MetricsLog.beside(run.metrics()));
  }

  /**
   * @param at when its log was written last, milliseconds since 1970
   */
  private record Cell(WatchedFolder folder, long at, boolean isDone) {
    static Cell of(WatchedFolder folder) throws IOException {
      RunFolder run = folder.run;
      return new Cell(folder, moved(run), run.fileSystem().exists(run.cell()));
    }

    /** Whether it stays in view while others move: a generator's training has none beside it. */
    boolean stays(long latest) {
      return !isDone && folder.run.equals(folder.job) && latest - at < STAYS.toMillis();
    }
  }

  /** What {@code compare} works on: {@code METHOD/seed-N}, or {@code rain/seed-N}. */
  private static Optional<WatchedFolder> cell(RunFolder asked, WatchedFolder before)
      throws IOException {
    List<Cell> cells = new ArrayList<>();
    for (RunFolder method : folders(asked)) {
      for (RunFolder seed : folders(method)) {
        if (seed.path().getName().startsWith("seed-")) {
          String name = method.path().getName() + "/" + seed.path().getName();
          Optional<WatchedFolder> found = runOf(seed, name);
          if (found.isPresent()) {
            cells.add(Cell.of(found.get()));
          }
        }
      }
    }
    Optional<Cell> latest = cells.stream().max(Comparator.comparingLong(Cell::at));
    Optional<Cell> shown =
        cells.stream()
            .filter(cell -> before != null && cell.folder.run.path().equals(before.run.path()))
            .filter(cell -> cell.stays(latest.get().at))
            .findFirst()
            .or(() -> latest);
    long done = cells.stream().filter(Cell::isDone).count();
    return shown.map(cell -> cell.folder.among(done));
  }

  private WatchedFolder among(long done) {
    return new WatchedFolder(
        run, job, "%s; %d %s done".formatted(part, done, done == 1 ? "cell" : "cells"));
  }

  private static long moved(RunFolder run) throws IOException {
    try {
      return run.fileSystem().getFileStatus(run.metrics()).getModificationTime();
    } catch (FileNotFoundException e) {
      return 0; // the log is being replaced
    }
  }

  private static List<RunFolder> folders(RunFolder folder) throws IOException {
    List<RunFolder> inside = new ArrayList<>();
    try {
      for (FileStatus file : folder.fileSystem().listStatus(folder.path())) {
        if (file.isDirectory()) {
          inside.add(new RunFolder(folder.fileSystem(), file.getPath()));
        }
      }
    } catch (FileNotFoundException e) {
      return List.of(); // not there yet
    }
    return inside;
  }

  private static RunFolder inside(RunFolder asked, String part) {
    return part.isEmpty() ? asked : new RunFolder(asked.fileSystem(), new Path(asked.path(), part));
  }
}
