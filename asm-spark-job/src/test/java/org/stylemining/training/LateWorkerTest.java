package org.stylemining.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.config.SyncConfig;
import org.stylemining.data.SourceBatch;
import org.stylemining.failure.RunFailure;
import org.stylemining.report.RoundRecord;
import org.stylemining.report.StepRecord;
import org.stylemining.report.WorkerRecord;
import org.stylemining.report.WorkerRecord.Outcome;

/** What a round does where a worker hangs or is slow. */
@Timeout(120)
class LateWorkerTest {
  private static final SyncConfig DEADLINE = new SyncConfig(4, 0, 1, 0, 1);
  private static final SyncConfig HALF = new SyncConfig(4, 0, 0.5, 0, 1);

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark = LocalSpark.of(3);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void aRoundThatIsNotDoneAtItsDeadlineStopsTheRunAndSaysWhoIsLate() throws Exception {
    String marker = folder.resolve("hung").toString();
    ToyRun run =
        ToyRun.in(spark, folder.resolve("run"))
            .sync(DEADLINE)
            .trainers(trainer -> new Slow(trainer, marker, 1, 10, 8_000));

    assertThatThrownBy(run::train)
        .isInstanceOf(RunFailure.class)
        .hasMessageMatching(
            "round 3 was not done within its deadline of 4 s: 1 of 2 workers finished, 2 have to\n"
                + "  worker 1 runs since 4 s in executor driver on \\S+ and told of 2 updates; its log: this process's own\n"
                + "  add --resume to go on from the newest checkpoint; sync.deadline sets the deadline, sync.quorum how many have to finish");
    assertThat(run.newest().orElseThrow().state().round()).isEqualTo(2);
    // The marker lets the next try pass.
    assertThat(run.train()).isEqualTo(ToyRun.in(spark, folder.resolve("undisturbed")).train());
  }

  @Test
  void aQuorumGoesOnWithoutTheLateWorkerWhoseSamplesComeUpAgain() throws Exception {
    String marker = folder.resolve("hung").toString();
    ToyRun run =
        ToyRun.in(spark, folder.resolve("run"))
            .sync(HALF)
            .trainers(trainer -> new Slow(trainer, marker, 1, 6, 8_000));

    run.train();

    assertThat(run.watched())
        .containsPattern(
            "round 2: worker 1 \\(executor driver on \\S+\\) is left out of the average: not done after 4 s, 2 updates told of")
        .contains("round 2: 6 samples of workers that were late come up again in the next round");
    assertThat(run.records(RoundRecord.class))
        .extracting(RoundRecord::images)
        .containsExactly(12L, 6L, 18L, 12L, 12L, 12L, 12L);
    assertThat(run.records(WorkerRecord.class))
        .filteredOn(worker -> worker.outcome() == Outcome.LATE)
        .extracting("round", "worker", "executor", "updates")
        .containsExactly(org.assertj.core.groups.Tuple.tuple(2, 1, "driver", 2L));
  }

  @Test
  void theQueueOfSamplesIsPartOfACheckpoint() throws Exception {
    String marker = folder.resolve("hung").toString();
    ToyRun broken =
        ToyRun.in(spark, folder.resolve("run"))
            .sync(HALF)
            .trainers(trainer -> new Slow(trainer, marker, 1, 6, 8_000))
            .observer(
                (round, theta) -> {
                  if (round == 3) {
                    throw new IllegalStateException("stopped");
                  }
                });
    assertThatThrownBy(broken::train).hasMessage("stopped");
    // Round 2's worker 1 has the batches at 15 and 21.
    assertThat(broken.newest().orElseThrow().state().extra())
        .containsEntry("batches-queued", "15,21");

    ToyRun resumed = ToyRun.in(spark, folder.resolve("run")).sync(HALF);
    resumed.train();

    assertThat(resumed.records(RoundRecord.class))
        .extracting(RoundRecord::images)
        .containsExactly(12L, 6L, 18L, 12L, 12L, 12L, 12L);
    assertThat(resumed.newest().orElseThrow().state().extra()).isEmpty();
  }

  @Test
  void aQuorumThatIsNotReachedStopsTheRun() throws Exception {
    String marker = folder.resolve("hung").toString();
    ToyRun run =
        ToyRun.in(spark, folder.resolve("run"))
            .sync(new SyncConfig(2, 0, 0.5, 0, 1))
            .trainers(trainer -> new Slow(trainer, marker, -1, 6, 5_000));

    assertThatThrownBy(run::train)
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("deadline of 2 s: 0 of 2 workers finished, 1 have to")
        .hasMessageContaining("worker 0 runs since")
        .hasMessageContaining("worker 1 runs since");
  }

  @Test
  void aStragglerIsWaitedForAndNamed() throws Exception {
    String marker = folder.resolve("slow").toString();
    ToyRun run =
        ToyRun.in(spark, folder.resolve("run"))
            .sync(DEADLINE)
            .trainers(trainer -> new Slow(trainer, marker, 1, 6, 1_500));

    assertThat(run.train()).isEqualTo(ToyRun.in(spark, folder.resolve("undisturbed")).train());

    assertThat(run.watched())
        .containsPattern(
            "round 2: worker 1 \\(executor driver on \\S+\\) took [12]\\.\\d s, the others 0\\.\\d s \\(median\\); every round waits for the slowest");
    assertThat(run.records(WorkerRecord.class))
        .filteredOn(worker -> worker.seconds() > 1.4)
        .extracting("round", "worker", "outcome")
        .containsExactly(org.assertj.core.groups.Tuple.tuple(2, 1, Outcome.AVERAGED));
  }

  /** Is slow once, before a batch, where it is one of those workers. */
  private static final class Slow extends Wrapped {
    private final String marker;
    private final int worker;
    private final long firstUpdate;
    private final long millis;

    Slow(LocalTrainer trainer, String marker, int worker, long firstUpdate, long millis) {
      super(trainer);
      this.marker = marker;
      this.worker = worker;
      this.firstUpdate = firstUpdate;
      this.millis = millis;
    }

    @Override
    public List<StepRecord> train(SourceBatch batch, long firstUpdate) {
      int me = TaskContext.getPartitionId();
      if (firstUpdate == this.firstUpdate && (worker < 0 || worker == me)) {
        try {
          Files.createFile(Path.of(marker + "-" + me));
          Thread.sleep(millis);
        } catch (java.nio.file.FileAlreadyExistsException e) {
          return super.train(batch, firstUpdate);
        } catch (java.io.IOException | InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return super.train(batch, firstUpdate);
    }

    @Override
    double loss(StepRecord step) {
      return step.loss();
    }
  }
}
