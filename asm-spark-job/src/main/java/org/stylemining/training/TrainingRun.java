package org.stylemining.training;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.config.UserMistake;
import org.stylemining.data.Damage;
import org.stylemining.data.DamageLimit;
import org.stylemining.provenance.Build;
import org.stylemining.report.CheckpointRecord;
import org.stylemining.report.DamagedRecord;
import org.stylemining.report.MetricsLog;
import org.stylemining.report.ProgressLine;
import org.stylemining.report.RoundRecord;
import org.stylemining.report.RunFolder;
import org.stylemining.report.StepRecord;
import org.stylemining.shard.SourceShards;
import org.stylemining.weights.Checkpoint;
import org.stylemining.weights.CheckpointState;
import org.stylemining.weights.CheckpointStore;

/**
 * The driver's loop: one sync round after another, each logged; a checkpoint every so many rounds
 * and at the end. What is left behind after a round depends on the plan alone, so that a run that
 * stopped goes on from its checkpoint to the result it would have had.
 */
public final class TrainingRun {
  private final RunPlan plan;
  private final RunFolder run;
  private final PrintStream progress;
  private final CheckpointStore checkpoints;
  private final DamageLimit damage;
  private final RoundClock clock = new RoundClock();

  /**
   * @param run folder of the run, which can be written to
   * @param progress where a person watches
   */
  public TrainingRun(RunPlan plan, RunFolder run, PrintStream progress) throws IOException {
    this.plan = plan;
    this.run = run;
    this.progress = progress;
    this.checkpoints = new CheckpointStore(run.path(), run.fileSystem().getConf());
    this.damage = new DamageLimit(plan.maxBadFraction());
  }

  /**
   * Makes the run's way of averaging, from the parameters and the optimizer state to start with.
   */
  public interface AveragingStart {
    /**
     * @param theta [n]
     * @param state null where the optimizer has none
     */
    Averaging from(INDArray theta, INDArray state);
  }

  /** Sees the parameters before the first round and after every one. */
  public interface Observer {
    /**
     * @param round done; 0: none yet
     * @param theta [n], not to be changed
     */
    void after(int round, INDArray theta) throws IOException;
  }

  /**
   * Trains to the end.
   *
   * @param checkpoint to go on from; empty: from the first round
   * @throws UserMistake where more samples are damaged than the configuration bears, where the
   *     checkpoint is another run's, or where the loss is no longer a number
   */
  public void execute(Optional<Checkpoint> checkpoint, AveragingStart start, Observer observer)
      throws IOException {
    int done = checkpoint.map(found -> found.state().round()).orElse(0);
    int rounds = plan.shards().rounds();
    try (MetricsLog log = MetricsLog.resume(run, done);
        Averaging averaging = begin(checkpoint, start)) {
      recount(done);
      observer.after(done, averaging.theta());
      for (int round = done + 1; round <= rounds; round++) {
        round(round, averaging, log);
        observer.after(round, averaging.theta());
        if (round % plan.checkpointEvery() == 0 || round == rounds) {
          if (round == rounds) {
            damage.finish();
          }
          save(round, averaging, log);
        }
      }
    }
  }

  private Averaging begin(Optional<Checkpoint> checkpoint, AveragingStart start) {
    INDArray theta =
        checkpoint.isPresent()
            ? plan.form().accept("checkpoint " + checkpoint.get().path(), checkpoint.get().model())
            : plan.form().initial();
    INDArray state = plan.stateCount() == 0 ? null : state(checkpoint);
    try (theta;
        state) {
      return start.from(theta, state);
    }
  }

  private INDArray state(Optional<Checkpoint> checkpoint) {
    if (checkpoint.isEmpty()) {
      return Nd4j.zeros(plan.stateCount());
    }
    float[] state = checkpoint.get().optimizer();
    if (state.length != plan.stateCount()) {
      throw new UserMistake(
          "checkpoint %s: expected an optimizer state of %d values, found %d"
              .formatted(checkpoint.get().path(), plan.stateCount(), state.length));
    }
    return Nd4j.createFromArray(state);
  }

  /** Takes the damaged samples of the rounds before the checkpoint into account. */
  private void recount(int done) throws IOException {
    if (done > 0) {
      List<Damage> before =
          MetricsLog.read(run).stream()
              .filter(DamagedRecord.class::isInstance)
              .map(DamagedRecord.class::cast)
              .map(record -> new Damage(0, record.path(), record.reason()))
              .toList();
      damage.add(plan.shards().positionAfter(done), before);
    }
  }

  private void round(int round, Averaging averaging, MetricsLog log) throws IOException {
    SourceShards shards = plan.shards();
    clock.start();
    List<WorkerReport> reports = averaging.round(round, shards.round(round));
    double seconds = clock.stop();
    if (clock.rounds() == 1) {
      reports.forEach(
          report -> progress.println("worker " + report.worker() + ": " + report.device()));
    }
    long images = 0;
    double busiest = 0;
    for (WorkerReport report : reports) {
      for (StepRecord step : report.steps()) {
        log.write(step);
      }
      for (Damage skipped : report.skipped()) {
        log.write(new DamagedRecord(round, skipped.path(), skipped.reason()));
      }
      images += report.images();
      busiest = Math.max(busiest, report.trainSeconds() + report.waitSeconds());
    }
    // After the lines of the samples, so that the log names them where they are too many.
    for (WorkerReport report : reports) {
      damage.add(report.seen(), report.skipped());
    }
    int rounds = shards.rounds();
    RoundRecord record =
        new RoundRecord(
            round,
            rounds,
            shards.updatesAfter(round),
            shards.updatesAfter(rounds),
            reports.size(),
            loss(round, reports),
            images,
            images / seconds,
            seconds,
            busiest,
            Math.max(0, seconds - busiest),
            damage.damaged(),
            clock.left(rounds - round));
    log.write(record);
    progress.println(ProgressLine.format(record));
  }

  /** The mean loss of a round's updates. */
  private static double loss(int round, List<WorkerReport> reports) {
    double sum = 0;
    long steps = 0;
    for (WorkerReport report : reports) {
      for (StepRecord step : report.steps()) {
        if (!Double.isFinite(step.loss())) {
          throw new UserMistake(
              "the loss is %s in round %d (worker %d, update %d): training has diverged; a smaller training.learning-rate or mining.step-size may help"
                  .formatted(step.loss(), round, step.worker(), step.update()));
        }
        sum += step.loss();
        steps++;
      }
    }
    // A round of nothing but damaged samples has no loss.
    return steps == 0 ? Double.NaN : sum / steps;
  }

  private void save(int round, Averaging averaging, MetricsLog log) throws IOException {
    SourceShards shards = plan.shards();
    INDArray state = averaging.state();
    Build build = Build.current();
    // The log first: no line up to a checkpoint's round may be lost with the driver.
    log.commit();
    Path path =
        checkpoints.save(
            new CheckpointState(
                round,
                shards.updatesAfter(round),
                shards.positionAfter(round),
                plan.seed(),
                shards.workers(),
                build.version(),
                build.commit(),
                plan.configuration(),
                Map.of()),
            plan.form().publish(averaging.theta()),
            state == null ? new float[0] : state.dup().data().asFloat());
    log.write(new CheckpointRecord(round, "checkpoints/" + path.getName()));
    checkpoints.keepNewest(plan.checkpointsKept());
  }
}
