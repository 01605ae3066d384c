package org.stylemining.training;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.config.OnFailure;
import org.stylemining.failure.RunFailure;
import org.stylemining.provenance.Build;
import org.stylemining.report.CheckpointFailureRecord;
import org.stylemining.report.CheckpointRecord;
import org.stylemining.report.MetricsLog;
import org.stylemining.report.RunFolder;
import org.stylemining.shard.SourceShards;
import org.stylemining.weights.CheckpointContents;
import org.stylemining.weights.CheckpointState;
import org.stylemining.weights.CheckpointStore;
import org.stylemining.weights.NamedTensor;

/**
 * Writes a run's checkpoints. What cannot be written, on a full disk say, is told; whether the run
 * goes on without it is the configuration's to say, but the last one is never done without.
 */
final class CheckpointWriter {
  private final RunPlan plan;
  private final RunFolder run;
  private final CheckpointStore store;
  private final WriteFence fence;
  private final PrintStream progress;

  CheckpointWriter(RunPlan plan, RunFolder run, WriteFence fence, PrintStream progress)
      throws IOException {
    this.plan = plan;
    this.run = run;
    this.store = new CheckpointStore(run.path(), run.fileSystem().getConf());
    this.fence = fence;
    this.progress = progress;
  }

  /** Whether the plan has a checkpoint after this round. */
  boolean isDue(int round) {
    return round % plan.checkpoint().every() == 0 || round == plan.shards().rounds();
  }

  /**
   * Writes the checkpoint after a round.
   *
   * @param position of the next sample in the training order
   * @param extra what the run wants back when it goes on
   * @param averaging whose vectors are kept
   * @param mean of the models after several rounds; empty where there is none
   * @throws RunFailure where it cannot be written and the run is not to go on without it
   */
  void write(
      int round,
      long position,
      Map<String, String> extra,
      Averaging averaging,
      Collection<NamedTensor> mean,
      MetricsLog log)
      throws IOException {
    try {
      fence.check();
      // The log first: no line up to a checkpoint's round may be lost with the driver.
      log.commit();
      Path path = save(round, position, extra, averaging, mean);
      log.write(new CheckpointRecord(round, "checkpoints/" + path.getName()));
      store.keepNewest(plan.checkpoint().keep());
    } catch (IOException e) {
      failed(round, e, log);
    }
  }

  private Path save(
      int round,
      long position,
      Map<String, String> extra,
      Averaging averaging,
      Collection<NamedTensor> mean)
      throws IOException {
    SourceShards shards = plan.shards();
    Build build = Build.current();
    return store.save(
        new CheckpointState(
            round,
            shards.updatesAfter(round),
            position,
            plan.seed(),
            shards.workers(),
            build.version(),
            build.commit(),
            plan.configuration(),
            extra,
            plan.provenance()),
        new CheckpointContents(
            plan.form().publish(averaging.theta()),
            values(averaging.state()),
            values(averaging.outer()),
            mean));
  }

  private static float[] values(INDArray vector) {
    return vector == null ? new float[0] : FlatForm.values(vector);
  }

  private void failed(int round, IOException failure, MetricsLog log) throws IOException {
    int last = plan.shards().rounds();
    String what =
        "the checkpoint after round %d of %d could not be written into %s: %s"
            .formatted(round, last, run.checkpoints(), reason(failure));
    String whole = newest();
    if (round == last) {
      throw new RunFailure(
          what + "; it would have been the result; " + whole + "; add --resume to go on from there",
          failure);
    }
    if (plan.checkpoint().onFailure() == OnFailure.STOP) {
      throw new RunFailure(
          what + " (checkpoint.on-failure = stop); " + whole + "; add --resume to go on from there",
          failure);
    }
    log.write(new CheckpointFailureRecord(round, reason(failure)));
    progress.println(
        what
            + "; "
            + whole
            + "; the run goes on (checkpoint.on-failure = continue), the next is due after round "
            + Math.min(last, (round / plan.checkpoint().every() + 1) * plan.checkpoint().every()));
  }

  private String newest() {
    try {
      return store.newestFirst().stream()
          .findFirst()
          .map(newest -> "the newest whole one is " + newest.getName())
          .orElse("there is none before it");
    } catch (IOException e) {
      return "which one is the newest cannot be read (" + reason(e) + ")";
    }
  }

  private static String reason(IOException failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
