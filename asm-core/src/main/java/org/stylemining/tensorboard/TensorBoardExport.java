package org.stylemining.tensorboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;
import org.stylemining.provenance.Provenance;
import org.stylemining.report.MetricsLog;
import org.stylemining.report.MetricsRecord;
import org.stylemining.report.RoundRecord;
import org.stylemining.report.RunFolder;
import org.stylemining.score.TaskScores;

/**
 * Runs' logs and scores as event files: those of a finished run, or of one that goes on as far as
 * it has come. Lines of the log have no times; an event's is the run's start and the seconds of its
 * rounds so far, so that the same lines always give the same bytes.
 */
public final class TensorBoardExport {
  /** Folders of a run that no other run lies in. */
  private static final Set<String> NO_RUNS =
      Set.of("checkpoints", "strips", "samples", "logs", "eval", "tensorboard");

  private static final int DEEPEST = 4;
  private static final String WRITER = "asm";

  private TensorBoardExport() {}

  /**
   * Writes an event file for each run in a folder, below {@code out} as the runs lie below the
   * folder; over those that were written before.
   *
   * @param folder a run folder, or one that holds some
   * @return the folders that were written to
   * @throws UserMistake where there is no run
   */
  public static List<Path> write(String folder, String out, Configuration hadoop)
      throws IOException {
    RunFolder top = RunFolder.at(folder, hadoop);
    List<RunFolder> runs = new ArrayList<>();
    if (top.fileSystem().exists(top.path())) {
      find(top, 0, runs);
    }
    if (runs.isEmpty()) {
      throw new UserMistake(
          "tensorboard %s: expected a run folder (with metrics.jsonl) or one that holds some, found none"
              .formatted(top.path()));
    }
    Path target = new Path(out);
    FileSystem files = target.getFileSystem(hadoop);
    List<Path> written = new ArrayList<>();
    for (RunFolder run : runs) {
      String relative = top.path().toUri().relativize(run.path().toUri()).getPath();
      Path place = files.makeQualified(relative.isEmpty() ? target : new Path(target, relative));
      write(run, files, place);
      written.add(place);
    }
    return written;
  }

  private static void find(RunFolder folder, int depth, List<RunFolder> runs) throws IOException {
    if (folder.fileSystem().exists(folder.metrics())) {
      runs.add(folder);
      return;
    }
    if (depth == DEEPEST) {
      return;
    }
    FileStatus[] entries = folder.fileSystem().listStatus(folder.path());
    List<Path> below = new ArrayList<>();
    for (FileStatus entry : entries) {
      if (entry.isDirectory() && !NO_RUNS.contains(entry.getPath().getName())) {
        below.add(entry.getPath());
      }
    }
    below.sort(null);
    for (Path path : below) {
      find(new RunFolder(folder.fileSystem(), path), depth + 1, runs);
    }
  }

  private static void write(RunFolder run, FileSystem files, Path out) throws IOException {
    double start = start(run);
    try (EventFile events = EventFile.make(files, out, start, WRITER)) {
      Clock clock = new Clock(start);
      RunScalars scalars = new RunScalars();
      MetricsLog.read(
          run,
          entry -> {
            try {
              write(entry, scalars, clock, events);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      for (Path scores : List.of(run.scores(), new Path(run.path().getParent(), "scores.json"))) {
        if (run.fileSystem().exists(scores)
            && (scores.equals(run.scores()) || run.path().getName().equals("train"))) {
          events.write(
              clock.now,
              scalars.update(),
              RunScalars.scalars(TaskScores.fromJson(run.read(scores))));
          return;
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IllegalArgumentException e) {
      throw new UserMistake("tensorboard %s: %s".formatted(run.path(), e.getMessage()), e);
    }
  }

  /** Seconds since 1970, moved on by the rounds. */
  private static final class Clock {
    private double now;

    Clock(double start) {
      now = start;
    }
  }

  private static void write(MetricsRecord entry, RunScalars scalars, Clock clock, EventFile events)
      throws IOException {
    List<RunScalars.Point> points = scalars.take(entry);
    if (entry instanceof RoundRecord round) {
      clock.now += round.seconds();
    }
    for (RunScalars.Point point : points) {
      events.write(clock.now - point.backSeconds(), point.step(), point.scalars());
    }
  }

  /** When the run began, in seconds since 1970; 0 where nothing tells. */
  private static double start(RunFolder run) throws IOException {
    if (!run.fileSystem().exists(run.provenance())) {
      return 0;
    }
    try {
      String started = Provenance.fromJson(run.read(run.provenance())).started();
      return started == null ? 0 : Instant.parse(started).getEpochSecond();
    } catch (IllegalArgumentException | DateTimeParseException e) {
      // It only tells when; what is charted is there all the same.
      return 0;
    }
  }
}
