package org.stylemining.report;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * The run in a folder that a person watches: the folder itself, the run in a demo's folder, or the
 * phase of the style generator's training that goes on.
 *
 * @param run whose metrics are followed
 * @param job folder that the run's job holds, with its configuration and provenance; often the same
 * @param part which part of the job that is, for people; may be empty
 */
record WatchedFolder(RunFolder run, RunFolder job, String part) {
  private record Place(String run, String job, String part) {}

  /** What comes later in the course of a command comes first. */
  private static final List<Place> PLACES =
      List.of(
          new Place("", "", ""),
          new Place("train", "train", ""),
          new Place("phases/decoder", "", "style generator, decoder"),
          new Place("phases/encoder", "", "style generator, encoder"),
          new Place("rain/phases/decoder", "rain", "style generator, decoder"),
          new Place("rain/phases/encoder", "rain", "style generator, encoder"));

  /** The run in a folder now; the folder itself while there is none. */
  static WatchedFolder find(RunFolder asked) throws IOException {
    for (Place place : PLACES) {
      RunFolder run = inside(asked, place.run);
      if (run.fileSystem().exists(run.metrics())
          || run.fileSystem().exists(MetricsLog.beside(run.metrics()))) {
        return new WatchedFolder(run, inside(asked, place.job), place.part);
      }
    }
    return new WatchedFolder(asked, asked, "");
  }

  private static RunFolder inside(RunFolder asked, String part) {
    return part.isEmpty() ? asked : new RunFolder(asked.fileSystem(), new Path(asked.path(), part));
  }
}
