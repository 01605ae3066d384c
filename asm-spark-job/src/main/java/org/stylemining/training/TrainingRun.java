package org.stylemining.training;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.config.UserMistake;
import org.stylemining.data.Damage;
import org.stylemining.data.DamageLimit;
import org.stylemining.failure.RunFailure;
import org.stylemining.monitoring.RunMonitor;
import org.stylemining.report.DamagedRecord;
import org.stylemining.report.MetricsLog;
import org.stylemining.report.MetricsRecord;
import org.stylemining.report.ProgressLine;
import org.stylemining.report.RollbackRecord;
import org.stylemining.report.RoundRecord;
import org.stylemining.report.RunFolder;
import org.stylemining.report.StepRecord;
import org.stylemining.shard.SourceShards;
import org.stylemining.shard.WorkerBatch;
import org.stylemining.weights.Checkpoint;
import org.stylemining.weights.CheckpointStore;

/**
 * The driver's loop: one sync round after another, each logged; a checkpoint every so many rounds
 * and at the end. What is left behind after a round depends on the plan alone, so that a run that
 * stopped goes on from its checkpoint to the result it would have had.
 *
 * <p>A round that diverges is not gone on with: the run goes back to its newest checkpoint and
 * passes over the samples of the rounds since then, as Chowdhery et al. (PaLM, 2022, section 5.1)
 * did. Since randomness belongs to positions of the training order, crops and noise are others too.
 */
public final class TrainingRun {
  private final RunPlan plan;
  private final RunFolder run;
  private final RunMonitor monitor;
  private final PrintStream progress;
  private final CheckpointStore checkpoints;
  private final CheckpointWriter writer;
  private final SourceCourse course;
  private final LossWatch losses;
  private final RoundNotes notes;
  private final ModelMean mean;
  private final FreshStatistics statistics;
  private final RoundClock clock = new RoundClock();
  private DamageLimit damage;

  /** A run that is shown nowhere but in its folder and to a person. */
  public TrainingRun(RunPlan plan, RunFolder run, WriteFence fence, PrintStream progress)
      throws IOException {
    this(plan, run, fence, RunMonitor.NONE, progress);
  }

  /**
   * @param run folder of the run, which can be written to
   * @param fence of that folder
   * @param monitor that is told of the rounds; closed at the end
   * @param progress where a person watches
   */
  public TrainingRun(
      RunPlan plan, RunFolder run, WriteFence fence, RunMonitor monitor, PrintStream progress)
      throws IOException {
    this.plan = plan;
    this.run = run;
    this.monitor = monitor;
    this.progress = progress;
    this.checkpoints = new CheckpointStore(run.path(), run.fileSystem().getConf());
    this.writer = new CheckpointWriter(plan, run, fence, progress);
    this.course = new SourceCourse(plan.shards());
    this.losses = new LossWatch(plan.sync().explosion());
    this.notes = new RoundNotes(progress);
    this.mean = ModelMean.of(plan);
    this.statistics = new FreshStatistics(plan, progress);
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
   *     checkpoint is another run's, or where training diverges once more than the run may go back
   * @throws RunFailure where a round cannot be finished, or a checkpoint that the run is not to do
   *     without cannot be written
   */
  public void execute(Optional<Checkpoint> checkpoint, AveragingStart start, Observer observer)
      throws IOException {
    int done = round(checkpoint);
    int rounds = plan.shards().rounds();
    try (Averaging averaging = begin(checkpoint, start);
        monitor;
        mean) {
      recount(checkpoint, Optional.empty());
      observer.after(done, averaging.theta());
      Optional<RollbackRecord> back = Optional.empty();
      do {
        try (MetricsLog log = MetricsLog.resume(run, done)) {
          log.tell(monitor::saw);
          if (back.isPresent()) {
            log.write(back.get());
            // A driver that is started again after this has to know.
            log.commit();
          }
          while (done < rounds) {
            round(done + 1, averaging, log);
            done++;
            finish(done, averaging, log, observer);
          }
        } catch (Diverged diverged) {
          back = Optional.of(goBack(diverged, averaging));
          done = back.get().round();
        }
      } while (done < rounds);
    }
  }

  private static int round(Optional<Checkpoint> checkpoint) {
    return checkpoint.map(found -> found.state().round()).orElse(0);
  }

  private void finish(int round, Averaging averaging, MetricsLog log, Observer observer)
      throws IOException {
    observer.after(round, averaging.theta());
    mean.add(round, averaging.theta());
    if (round == plan.shards().rounds()) {
      damage.finish();
    }
    if (writer.isDue(round)) {
      statistics.beforeCheckpoint(round, averaging, mean.theta());
      Map<String, String> extra = new TreeMap<>(course.extra());
      extra.putAll(mean.extra(round, statistics.areFresh(round)));
      writer.write(round, course.positionAfter(round), extra, averaging, mean.tensors(), log);
    }
  }

  private Averaging begin(Optional<Checkpoint> checkpoint, AveragingStart start) {
    mean.goTo(checkpoint);
    try (RunVectors vectors = RunVectors.of(plan, checkpoint)) {
      Averaging averaging = start.from(vectors.theta(), vectors.state());
      averaging.reset(vectors.theta(), vectors.state(), vectors.outer());
      return averaging;
    }
  }

  /** Takes the rounds before the checkpoint into account. */
  private void recount(Optional<Checkpoint> checkpoint, Optional<RollbackRecord> back)
      throws IOException {
    int done = round(checkpoint);
    damage = new DamageLimit(plan.maxBadFraction());
    losses.forget();
    List<Damage> damaged = new ArrayList<>();
    Optional<RollbackRecord> newest = back;
    if (done > 0) {
      for (MetricsRecord record : MetricsLog.read(run)) {
        if (record.round() > done) {
          continue;
        }
        if (record instanceof DamagedRecord sample) {
          damaged.add(new Damage(0, sample.path(), sample.reason()));
        } else if (record instanceof RoundRecord round) {
          losses.remember(round.loss());
        } else if (record instanceof RollbackRecord before && back.isEmpty()) {
          newest = Optional.of(before);
        }
      }
      damage.add(plan.shards().positionAfter(done), damaged);
    }
    course.goTo(checkpoint.map(found -> found.state().extra()).orElse(Map.of()), newest);
  }

  private void round(int round, Averaging averaging, MetricsLog log) throws IOException, Diverged {
    SourceShards shards = plan.shards();
    int workers = shards.workers();
    List<List<WorkerBatch>> batches = course.round(round);
    clock.start();
    RoundResult result;
    try (RunMonitor.Part part =
        monitor.round(
            round,
            shards.rounds(),
            shards.updatesAfter(round - 1) + 1,
            shards.updatesAfter(round))) {
      result =
          averaging.round(
              round,
              batches,
              new RoundTerms(
                  clock.deadline(plan.sync(), shards.updatesIn(round)),
                  (int) Math.max(1, Math.ceil(plan.sync().quorum() * workers - 1e-9))));
    }
    double seconds = clock.stop(shards.updatesIn(round));
    if (clock.rounds() == 1) {
      result
          .reports()
          .forEach(
              report -> progress.println("worker " + report.worker() + ": " + report.device()));
    }
    notes.take(round, result, log);
    if (result.nothingFinite()) {
      throw new Diverged(round, notFinite(round, result.reports()));
    }
    double loss = loss(result.reports());
    Optional<String> exploded = losses.judge(round, loss);
    if (exploded.isPresent()) {
      throw new Diverged(round, exploded.get());
    }
    queue(round, result, batches);
    long images = 0;
    double busiest = 0;
    for (WorkerReport report : result.reports()) {
      // After the lines of the samples, so that the log names them where they are too many.
      damage.add(report.seen(), report.skipped());
      images += report.images();
      busiest = Math.max(busiest, report.trainSeconds() + report.waitSeconds());
    }
    int rounds = shards.rounds();
    RoundRecord record =
        new RoundRecord(
            round,
            rounds,
            shards.updatesAfter(round),
            shards.updatesAfter(rounds),
            result.reports().size(),
            loss,
            images,
            images / seconds,
            seconds,
            busiest,
            Math.max(0, seconds - busiest),
            damage.damaged(),
            clock.left(shards.updatesAfter(rounds) - shards.updatesAfter(round)));
    log.write(record);
    progress.println(ProgressLine.format(record));
  }

  /** The samples of workers that came too late come up again in the next round. */
  private void queue(int round, RoundResult result, List<List<WorkerBatch>> batches) {
    List<WorkerBatch> missed = new ArrayList<>();
    result.late().forEach(late -> missed.addAll(batches.get(late.worker())));
    course.done(missed);
    if (!missed.isEmpty()) {
      progress.println(
          "round %d: %d samples of workers that were late %s"
              .formatted(
                  round,
                  course.queuedSamples(),
                  round < plan.shards().rounds()
                      ? "come up again in the next round"
                      : "are not trained on, as this was the last round"));
    }
  }

  private static String notFinite(int round, List<WorkerReport> reports) {
    for (WorkerReport report : reports) {
      for (StepRecord step : report.steps()) {
        if (!Double.isFinite(step.loss())) {
          return "the loss is %s in round %d (worker %d, update %d)"
              .formatted(step.loss(), round, step.worker(), step.update());
        }
      }
    }
    return "no worker's parameters are finite after round " + round;
  }

  /** The mean loss of the updates that count; NaN where all samples of a round are damaged. */
  private static double loss(List<WorkerReport> reports) {
    return reports.stream()
        .filter(WorkerReport::counts)
        .flatMap(report -> report.steps().stream())
        .mapToDouble(StepRecord::loss)
        .average()
        .orElse(Double.NaN);
  }

  /** Makes the newest checkpoint current, or the run's start where there is none. */
  private RollbackRecord goBack(Diverged diverged, Averaging averaging) throws IOException {
    int before = course.rollbacks();
    if (before >= plan.sync().rollbacks()) {
      throw new UserMistake(
          "%s: training has diverged%s; a smaller training.learning-rate or mining.step-size may help"
              .formatted(
                  diverged.getMessage(),
                  before == 0
                      ? ""
                      : ", after it went back to a checkpoint "
                          + (before == 1 ? "once" : before + " times")));
    }
    Optional<Checkpoint> newest = checkpoints.newest();
    int to = round(newest);
    try (RunVectors vectors = RunVectors.of(plan, newest)) {
      averaging.reset(vectors.theta(), vectors.state(), vectors.outer());
    }
    mean.goTo(newest);
    RollbackRecord back =
        course.goBack(to, newest.map(found -> found.state().extra()).orElse(Map.of()), diverged);
    recount(newest, Optional.of(back));
    progress.println(
        "%s: training has diverged. Back to %s (%d of %d times); the %d samples since then are passed over"
            .formatted(
                diverged.getMessage(),
                to == 0 ? "the start" : "the checkpoint after round " + to,
                back.rollbacks(),
                plan.sync().rollbacks(),
                plan.shards().positionAfter(diverged.round()) - plan.shards().positionAfter(to)));
    return back;
  }
}
