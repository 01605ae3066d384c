package org.stylemining.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import org.apache.hadoop.fs.Path;
import org.stylemining.comparison.Cell;
import org.stylemining.comparison.CellResult;
import org.stylemining.comparison.ImageMatrix;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.Sample;
import org.stylemining.provenance.Provenance;
import org.stylemining.report.MetricsLog;
import org.stylemining.report.RoundRecord;
import org.stylemining.report.RunFolder;
import org.stylemining.training.RunStart;
import org.stylemining.training.TrainerWiring;
import org.stylemining.weights.CheckpointStore;

/**
 * A cell of a comparison: a run folder with its evaluation in it, which may be there already, in
 * part or whole.
 *
 * @param cell method and seed
 * @param conf its configuration as {@code train} takes it
 * @param config the same, read
 * @param run its folder
 */
record CompareCell(Cell cell, ConfArguments conf, AsmConfig config, RunFolder run) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What was done beside training and scoring: {@code cell.json}, written last. */
  private record Done(String method, long seed, double evaluateSeconds, String scored) {}

  /**
   * Checks that what is there was made with this configuration.
   *
   * @throws UserMistake where it was made with another
   */
  void requireSameConfiguration() throws IOException {
    if (isBegun()) {
      RunStart.requireSameConfiguration(
          "--out", run, config.render(), TrainerWiring.UNUSED_IN_TRAINING);
    }
  }

  /** Whether there is something to go on from. */
  private boolean isBegun() throws IOException {
    return !new CheckpointStore(run.path(), run.fileSystem().getConf()).newestFirst().isEmpty();
  }

  /** The number of workers that it was begun with; empty where it was not begun. */
  OptionalInt workers() throws IOException {
    return isBegun() && run.fileSystem().exists(run.provenance())
        ? OptionalInt.of(provenance().cluster().workers())
        : OptionalInt.empty();
  }

  /** Whether its training is complete. */
  boolean isTrained() throws IOException {
    return run.fileSystem().exists(run.provenance()) && provenance().ended() != null;
  }

  /** Whether it is complete, scored over these samples in this configuration's way. */
  boolean isDone(List<Sample> samples) throws IOException {
    if (!isTrained()) {
      return false;
    }
    for (Path file : List.of(run.cell(), run.scores(), EvaluateJob.images(run.evaluation()))) {
      if (!run.fileSystem().exists(file)) {
        return false;
      }
    }
    return done().scored.equals(scoring(samples));
  }

  /** Notes that it is complete. */
  void writeDone(List<Sample> samples, double evaluateSeconds) throws IOException {
    Done done = new Done(cell.method(), cell.seed(), evaluateSeconds, scoring(samples));
    run.write(run.cell(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(done) + "\n");
  }

  /** What it came to, where it is complete. */
  CellResult result() throws IOException {
    AtomicLong updates = new AtomicLong();
    AtomicLong images = new AtomicLong();
    DoubleAdder seconds = new DoubleAdder();
    MetricsLog.read(
        run,
        entry -> {
          if (entry instanceof RoundRecord round) {
            updates.set(round.update());
            images.addAndGet(round.images());
            seconds.add(round.seconds());
          }
        });
    try {
      return new CellResult(
          cell,
          ImageMatrix.fromJsonLines(run.read(EvaluateJob.images(run.evaluation()))),
          updates.get(),
          images.get(),
          seconds.sum(),
          done().evaluateSeconds);
    } catch (IllegalArgumentException e) {
      throw new UserMistake(
          "--out: %s is damaged (%s); remove it to have the cell scored again"
              .formatted(run.evaluation(), e.getMessage()),
          e);
    }
  }

  private Provenance provenance() throws IOException {
    return Provenance.fromJson(run.read(run.provenance()));
  }

  private Done done() throws IOException {
    try {
      return JSON.readValue(run.read(run.cell()), Done.class);
    } catch (JsonProcessingException e) {
      return new Done(cell.method(), cell.seed(), Double.NaN, "");
    }
  }

  /** Tells one way of scoring from another: which images, at which size, which classes. */
  private String scoring(List<Sample> samples) {
    StringBuilder text = new StringBuilder();
    text.append(config.evaluate().classes()).append(config.evaluate().resize());
    text.append(config.data().labels()).append(config.data().resize());
    samples.forEach(sample -> text.append('\n').append(sample.image()));
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
