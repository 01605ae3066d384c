package org.stylemining.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.config.SyncConfig;
import org.stylemining.config.UserMistake;
import org.stylemining.data.SourceBatch;
import org.stylemining.report.RollbackRecord;
import org.stylemining.report.RoundRecord;
import org.stylemining.report.StepRecord;
import org.stylemining.report.WorkerRecord;
import org.stylemining.report.WorkerRecord.Outcome;

/** What a run does where losses or parameters are no numbers, or explode. */
class DivergenceTest {
  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark = LocalSpark.of(2);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void aWorkerWithoutAFiniteResultIsLeftOutAndNamedAndTheRunGoesOn() throws Exception {
    ToyRun run =
        ToyRun.in(spark, folder).trainers(trainer -> new LossAt(trainer, 15, 18, 1, Double.NaN));

    run.train();

    assertThat(run.watched())
        .containsPattern(
            "round 2: worker 1 \\(executor driver on [^)]+\\) is left out of the average: the loss of update 5 is NaN");
    assertThat(run.records(WorkerRecord.class))
        .filteredOn(worker -> worker.outcome() != Outcome.AVERAGED)
        .extracting("round", "worker", "outcome", "reason")
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                2, 1, Outcome.NOT_FINITE, "the loss of update 5 is NaN"));
    assertThat(run.records(RoundRecord.class)).hasSize(7).noneMatch(r -> Double.isNaN(r.loss()));
    assertThat(run.records(RollbackRecord.class)).isEmpty();
  }

  @Test
  void whereNoWorkerHasAFiniteResultTheRunGoesBackOnceAndPassesOverTheSamples() throws Exception {
    // Round 4 trains on positions 36 to 47; the checkpoint before it is that of round 2.
    ToyRun run =
        ToyRun.in(spark, folder).trainers(trainer -> new LossAt(trainer, 36, 48, -1, Double.NaN));

    run.train();

    assertThat(run.watched())
        .contains(
            "the loss is NaN in round 4 (worker 0, update 13): training has diverged. Back to the checkpoint after round 2 (1 of 1 times); the 24 samples since then are passed over");
    assertThat(run.records(RollbackRecord.class))
        .containsExactly(
            new RollbackRecord(2, 4, "the loss is NaN in round 4 (worker 0, update 13)", 24, 1));
    assertThat(run.records(RoundRecord.class))
        .extracting(RoundRecord::round)
        .containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(run.newest().orElseThrow().state().position()).isEqualTo(7 * 12 + 24);
    assertThat(run.newest().orElseThrow().state().extra())
        .containsEntry("samples-passed-over", "24")
        .containsEntry("rollbacks", "1");
  }

  @Test
  void aRunThatWentBackAndIsResumedEndsAsIfUnbroken() throws Exception {
    ToyRun.Wrapping diverging = trainer -> new LossAt(trainer, 36, 48, -1, Double.NaN);
    float[] unbroken = ToyRun.in(spark, folder.resolve("a")).trainers(diverging).train();
    // Stopped in the round behind the one it went back to, before its next checkpoint.
    for (int stop : new int[] {3, 5}) {
      Path broken = folder.resolve("broken-" + stop);
      boolean[] back = new boolean[1];
      assertThatThrownBy(
              () ->
                  ToyRun.in(spark, broken)
                      .trainers(diverging)
                      .observer(
                          (round, theta) -> {
                            if (round == stop && (back[0] || stop == 5)) {
                              throw new IllegalStateException("stopped");
                            }
                            back[0] |= round == stop;
                          })
                      .train())
          .hasMessage("stopped");

      assertThat(ToyRun.in(spark, broken).trainers(diverging).train()).isEqualTo(unbroken);
    }
  }

  @Test
  void aRunThatDivergesAgainStops() throws Exception {
    ToyRun run =
        ToyRun.in(spark, folder).trainers(trainer -> new LossAt(trainer, 36, 1000, -1, Double.NaN));

    assertThatThrownBy(run::train)
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "the loss is NaN in round 3 (worker 0, update 9): training has diverged, after it went back to a checkpoint once; a smaller training.learning-rate or mining.step-size may help");
  }

  @Test
  void aRunThatMayNotGoBackStopsAtOnce() throws Exception {
    ToyRun run =
        ToyRun.in(spark, folder)
            .sync(new SyncConfig(0, 0, 1, 0, 0))
            .trainers(trainer -> new LossAt(trainer, 36, 48, -1, Double.NaN));

    assertThatThrownBy(run::train)
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "the loss is NaN in round 4 (worker 0, update 13): training has diverged; a smaller training.learning-rate or mining.step-size may help");
  }

  @Test
  void anExplodingLossCountsAsDivergenceOnceThereAreRoundsToCompareWith() throws Exception {
    ToyRun run =
        ToyRun.in(spark, folder)
            .sync(new SyncConfig(0, 0, 1, 10, 1))
            .trainers(trainer -> new LossAt(trainer, 60, 72, -1, 1e4));

    run.train();

    assertThat(run.watched())
        .containsPattern(
            "the mean loss of round 6 is 1\\.000e\\+04, more than sync.explosion = 10.0 times the largest of the 5 rounds before \\([\\d.]+\\): training has diverged. Back to the checkpoint after round 4");
    assertThat(run.records(RoundRecord.class)).hasSize(7).allMatch(r -> r.loss() < 1e4);
    // The same in the second round is nothing to be compared with.
    ToyRun early =
        ToyRun.in(spark, folder.resolve("early"))
            .sync(new SyncConfig(0, 0, 1, 10, 1))
            .trainers(trainer -> new LossAt(trainer, 12, 24, -1, 1e4));
    early.train();
    assertThat(early.records(RollbackRecord.class)).isEmpty();
  }

  @Test
  void goingBackBeforeTheFirstCheckpointIsBeginningAnew() throws Exception {
    ToyRun run =
        ToyRun.in(spark, folder).trainers(trainer -> new LossAt(trainer, 0, 12, -1, Double.NaN));

    run.train();

    assertThat(run.watched()).contains("Back to the start (1 of 1 times); the 12 samples");
    assertThat(run.newest().orElseThrow().state().position()).isEqualTo(7 * 12 + 12);
  }

  /** Tells another loss on samples at some positions, of one worker (-1: of every one). */
  private static final class LossAt extends Wrapped {
    private final long from;
    private final long to;
    private final int worker;
    private final double loss;
    private boolean on;

    LossAt(LocalTrainer trainer, long from, long to, int worker, double loss) {
      super(trainer);
      this.from = from;
      this.to = to;
      this.worker = worker;
      this.loss = loss;
    }

    @Override
    public List<StepRecord> train(SourceBatch batch, long firstUpdate) {
      on =
          (worker < 0 || worker == TaskContext.getPartitionId())
              && LongStream.of(batch.positions()).anyMatch(p -> p >= from && p < to);
      return super.train(batch, firstUpdate);
    }

    @Override
    double loss(StepRecord step) {
      return on ? loss : step.loss();
    }
  }
}
