package org.stylemining.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The layout of a run's folder, on any file system that Hadoop knows.
 *
 * @param fileSystem that holds the folder
 * @param path of the folder
 */
public record RunFolder(FileSystem fileSystem, Path path) {

  /**
   * A run's folder; it need not exist.
   *
   * @param fileSystem that holds the folder; of a local one the checksum files are left aside,
   *     which would make a file that a person edits unreadable
   */
  public RunFolder {
    fileSystem = fileSystem instanceof LocalFileSystem local ? local.getRaw() : fileSystem;
  }

  /**
   * The run folder at a local path or a {@code file:}, {@code hdfs:} or {@code s3a:} URI; it need
   * not exist.
   */
  public static RunFolder at(String pathOrUri, Configuration hadoop) throws IOException {
    Path path = new Path(pathOrUri);
    FileSystem fileSystem = path.getFileSystem(hadoop);
    return new RunFolder(fileSystem, fileSystem.makeQualified(path));
  }

  /** The resolved configuration. */
  public Path config() {
    return new Path(path, "config.conf");
  }

  /** What made the run. */
  public Path provenance() {
    return new Path(path, "provenance.json");
  }

  /** The log of {@link MetricsRecord}s. */
  public Path metrics() {
    return new Path(path, "metrics.jsonl");
  }

  /** Folder of the checkpoints. */
  public Path checkpoints() {
    return new Path(path, "checkpoints");
  }

  /** Folder of the checkpoint after a round, from 1. */
  public Path checkpoint(int round) {
    return new Path(checkpoints(), roundName(round));
  }

  /** Folder of the pictures of one image through its mining steps. */
  public Path strips() {
    return new Path(path, "strips");
  }

  /**
   * Picture of a round's mining steps, side by side: the source image, then x_style of step 1..n.
   */
  public Path strip(int round) {
    return new Path(strips(), roundName(round) + ".png");
  }

  /** What a round's strip shows. */
  public Path stripFacts(int round) {
    return new Path(strips(), roundName(round) + ".json");
  }

  /** The target domain's anchor image, for the report; there may be none. */
  public Path anchorPicture() {
    return new Path(strips(), "anchor.png");
  }

  /** Folder of the evaluation. */
  public Path evaluation() {
    return new Path(path, "eval");
  }

  /** Scores of the evaluation. */
  public Path scores() {
    return new Path(evaluation(), "scores.json");
  }

  /**
   * Folder of the example predictions, {@code NAME-image.png}, {@code NAME-label.png} and {@code
   * NAME-prediction.png}.
   */
  public Path samples() {
    return new Path(evaluation(), "samples");
  }

  /** Folder of what {@code explain} found. */
  public Path explanation() {
    return new Path(path, "explain");
  }

  /** Styles and features laid out in the plane. */
  public Path embedding() {
    return new Path(explanation(), "embedding.json");
  }

  /** Picture of one image in styles drawn by a sampling strategy, in the configuration's word. */
  public Path samplingStrip(String sampling) {
    return new Path(explanation(), "sampling-" + sampling + ".png");
  }

  /** Folder of what is left of a failure: its account, and executors' logs. */
  public Path logs() {
    return new Path(path, "logs");
  }

  /** Where the run is a cell of a comparison: written when the cell is done. */
  public Path cell() {
    return new Path(path, "cell.json");
  }

  /** The page that shows the run. */
  public Path report() {
    return new Path(path, "report.html");
  }

  /** {@code round-000050}: sorts by round. */
  public static String roundName(int round) {
    if (round < 1) {
      throw new IllegalArgumentException("expected a round >= 1, found " + round);
    }
    return String.format(Locale.ROOT, "round-%06d", round);
  }

  /** Reads a small text file of the folder, as UTF-8. */
  public String read(Path file) throws IOException {
    try (FSDataInputStream in = fileSystem.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Writes a small text file of the folder, as UTF-8, over an older one. */
  public void write(Path file, String text) throws IOException {
    DiskErrors.inWriting(
        () -> {
          try (FSDataOutputStream out = fileSystem.create(file, true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
          }
        });
  }
}
