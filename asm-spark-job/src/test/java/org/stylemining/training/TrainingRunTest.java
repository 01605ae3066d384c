package org.stylemining.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.adapt.TrainerFactory;
import org.stylemining.config.UserMistake;
import org.stylemining.data.SourceOrder;
import org.stylemining.report.CheckpointRecord;
import org.stylemining.report.DamagedRecord;
import org.stylemining.report.MetricsLog;
import org.stylemining.report.RoundRecord;
import org.stylemining.report.RunFolder;
import org.stylemining.report.StepRecord;
import org.stylemining.shard.SourceShards;
import org.stylemining.weights.Checkpoint;

class TrainingRunTest {
  private static final int SIZE = 50;
  private static final int DEPTH = 2;

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
  void theSameSeedTwiceGivesTheSameParameters() throws Exception {
    float[] first = train(plan(3, 7, SIZE, 1), "a", false);
    float[] second = train(plan(3, 7, SIZE, 1), "b", false);

    assertThat(second).isEqualTo(first);
    assertThat(train(plan(3, 7, SIZE, 2), "c", false)).isNotEqualTo(first);
  }

  @Test
  void resumedAfterAnyCheckpointARunEndsAsIfUnbroken() throws Exception {
    float[] unbroken = train(plan(2, 7, SIZE, 1), "unbroken", false);
    // Stopped behind round 5, its newest checkpoint is that of round 4.
    assertThatThrownBy(() -> train(stoppedAfter(5, plan(2, 7, SIZE, 1)), "broken", false))
        .hasStackTraceContaining("the worker failed");
    assertThat(newest("broken").state().round()).isEqualTo(4);
    assertThat(records("broken", RoundRecord.class)).hasSize(5);

    float[] resumed = train(plan(2, 7, SIZE, 1), "broken", true);

    assertThat(resumed).isEqualTo(unbroken);
    assertThat(steps("broken")).isEqualTo(steps("unbroken"));
    assertThat(newest("broken").optimizer()).isEqualTo(newest("unbroken").optimizer());
    assertThat(newest("broken").state()).isEqualTo(newest("unbroken").state());
  }

  @Test
  void twoWorkersAveragingEveryPlainStepAreOneWorkerOnTheJoinedBatch() throws Exception {
    Toy two = plan(LinearTrainer::new, LinearTrainer.SIZE, 0, 2, 4, 1, 30, 1);
    Toy one = plan(LinearTrainer::new, LinearTrainer.SIZE, 0, 1, 8, 1, 30, 1);

    float[] averaged = train(two, "two", false);
    float[] joined = train(one, "one", false);

    assertThat(losses("one").get(29)).isLessThan(losses("one").get(0) / 2);
    for (int i = 0; i < averaged.length; i++) {
      assertThat(averaged[i]).isCloseTo(joined[i], within(1e-5f));
    }
  }

  @Test
  void aRunLeavesItsLogAndItsNewestCheckpoints() throws Exception {
    ByteArrayOutputStream watched = new ByteArrayOutputStream();
    train(plan(2, 7, SIZE, 1), "run", false, watched);

    assertThat(folder.resolve("run/checkpoints").toFile().list())
        .containsExactlyInAnyOrder("round-000006", "round-000007");
    List<RoundRecord> rounds = records("run", RoundRecord.class);
    assertThat(rounds).extracting(RoundRecord::round).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(rounds)
        .extracting(RoundRecord::update)
        .containsExactly(4L, 8L, 12L, 16L, 20L, 24L, 28L);
    assertThat(rounds).extracting(RoundRecord::images).containsOnly(12L);
    assertThat(records("run", StepRecord.class)).hasSize(2 * 28);
    assertThat(records("run", CheckpointRecord.class))
        .extracting(CheckpointRecord::path)
        .containsExactly(
            "checkpoints/round-000002",
            "checkpoints/round-000004",
            "checkpoints/round-000006",
            "checkpoints/round-000007");
    assertThat(newest("run").state().position()).isEqualTo(7 * 12);
    assertThat(watched.toString(StandardCharsets.UTF_8))
        .contains("worker 1: executor driver on ", " thread", "round 7/7  loss ", "time left 0 s");
  }

  @Test
  void damagedSamplesAreSkippedAndCountedUpToTheLimit() throws Exception {
    IntFunction<String> images = i -> i == 5 || i == 11 ? "damaged-" + i : "image-" + i;
    Toy plan = withImages(plan(2, 7, SIZE, 1), images, 0.5);

    train(plan, "run", false);

    List<DamagedRecord> damaged = records("run", DamagedRecord.class);
    assertThat(damaged).extracting(DamagedRecord::path).contains("damaged-5", "damaged-11");
    List<RoundRecord> rounds = records("run", RoundRecord.class);
    assertThat(rounds.get(6).damaged()).isEqualTo(damaged.size());
    assertThat(rounds.stream().mapToLong(RoundRecord::images).sum())
        .isEqualTo(7 * 12 - damaged.size());
  }

  @Test
  void moreDamageThanTheLimitStopsTheRunAndNamesTheFiles() {
    Toy plan =
        withImages(plan(2, 7, SIZE, 1), i -> i % 2 == 0 ? "damaged-" + i : "image-" + i, 0.1);

    assertThatThrownBy(() -> train(plan, "run", false))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("data.max-bad-fraction")
        .hasMessageContaining("damaged-");
  }

  @Test
  void aLossThatIsNoNumberStopsTheRun() {
    assertThatThrownBy(() -> train(plan(divergingAt(10), SIZE, 1, 2, 3, 2, 7, 1), "run", false))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("the loss is NaN in round 3 (worker 0, update 10)");
  }

  @Test
  void aFolderThatHoldsARunIsNotTrainedIntoAgainUnlessResumed() throws Exception {
    float[] first = train(plan(2, 7, SIZE, 1), "run", false);

    assertThatThrownBy(() -> train(plan(2, 7, SIZE, 1), "run", false))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("round-000007")
        .hasMessageContaining("--resume");
    assertThat(train(plan(2, 7, SIZE, 1), "run", true)).isEqualTo(first);
  }

  @Test
  void aZeroLengthCheckpointIsPassedOverForTheOneBefore() throws Exception {
    float[] unbroken = train(plan(2, 7, SIZE, 1), "unbroken", false);
    train(plan(2, 7, SIZE, 1), "run", false);
    Files.write(folder.resolve("run/checkpoints/round-000007/model.safetensors"), new byte[0]);

    assertThat(train(plan(2, 7, SIZE, 1), "run", true)).isEqualTo(unbroken);

    for (String round : new String[] {"round-000006", "round-000007"}) {
      Files.write(folder.resolve("run/checkpoints/" + round + "/model.safetensors"), new byte[0]);
    }
    assertThatThrownBy(() -> train(plan(2, 7, SIZE, 1), "run", true))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("round-000007")
        .hasMessageContaining("model.safetensors");
  }

  @Test
  void aCheckpointOfAnotherNetworkIsRefused() throws Exception {
    train(plan(2, 7, SIZE, 1), "run", false);

    assertThatThrownBy(() -> train(plan(2, 7, SIZE + 1, 1), "run", true))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("round-000007")
        .hasMessageContaining("expected w[51]");
  }

  @Test
  void anOutputFolderThatCannotBeWrittenIsReportedAtOnce() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> RunStart.requireWritable("--out", at(file.resolve("run"))))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("--out")
        .hasMessageContaining(file.toString());
  }

  @Test
  void anOutputFolderWithoutPermissionIsReportedAtOnce() throws Exception {
    Path locked =
        Files.createDirectory(
            folder.resolve("locked"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
    assumeThat(Files.isWritable(locked)).as("root may write anywhere").isFalse();
    assertThatThrownBy(() -> RunStart.requireWritable("--out", at(locked)))
        .isInstanceOf(UserMistake.class);
  }

  @Test
  void theObserverSeesTheParametersBeforeTheFirstRoundAndAfterEach() throws Exception {
    Toy plan = plan(2, 7, SIZE, 1);
    List<Integer> rounds = new java.util.ArrayList<>();
    new TrainingRun(plan.plan(), at(folder.resolve("run")), WriteFence.NONE, silent())
        .execute(Optional.empty(), averaging(plan), (round, theta) -> rounds.add(round));

    assertThat(rounds).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  private static Toy plan(int workers, int rounds, int size, long seed) {
    return plan(ToyTrainer.factory(size, 1, DEPTH), size, 1, workers, 3, DEPTH, rounds, seed);
  }

  /** Two batches a round, a checkpoint every second round, the newest two kept. */
  private static Toy plan(
      TrainerFactory trainers,
      int size,
      int states,
      int workers,
      int batch,
      int depth,
      int rounds,
      long seed) {
    int batchesPerRound = depth == 1 ? 1 : 2;
    return new Toy(
        new WorkerKit(UUID.randomUUID().toString(), trainers, new ToyImages(), 0),
        new RunPlan(
            new VectorForm(size, seed),
            (long) states * size,
            new SourceShards(
                order(i -> "image-" + i, seed),
                workers,
                batch,
                depth,
                batchesPerRound,
                (long) batchesPerRound * rounds),
            0.01,
            ToyRun.EVERY_SECOND,
            ToyRun.PATIENT,
            seed,
            "seed = " + seed));
  }

  private static Toy withImages(Toy toy, IntFunction<String> images, double limit) {
    RunPlan plan = toy.plan();
    SourceShards shards = plan.shards();
    return new Toy(
        toy.kit(),
        new RunPlan(
            plan.form(),
            plan.stateCount(),
            new SourceShards(
                order(images, plan.seed()),
                shards.workers(),
                shards.batchSize(),
                shards.updatesPerBatch(),
                shards.schedule()),
            limit,
            plan.checkpoint(),
            plan.sync(),
            plan.seed(),
            plan.configuration()));
  }

  private static SourceOrder order(IntFunction<String> images, long seed) {
    return new SourceOrder(
        seed,
        List.of(IntStream.range(0, 20).mapToObj(i -> ToyImages.sample(images.apply(i))).toList()),
        new double[] {1});
  }

  /** The same run, whose workers fail in the round after the given one. */
  private static Toy stoppedAfter(int round, Toy toy) {
    TrainerFactory stopping =
        failingAfter(toy.plan().shards().updatesAfter(round), toy.kit().trainers());
    return new Toy(
        new WorkerKit(UUID.randomUUID().toString(), stopping, toy.kit().batches(), 0), toy.plan());
  }

  private static TrainerFactory failingAfter(long update, TrainerFactory trainers) {
    return () ->
        new Wrapped(trainers.create()) {
          @Override
          double loss(StepRecord step) {
            if (step.update() > update) {
              throw new IllegalStateException("the worker failed");
            }
            return step.loss();
          }
        };
  }

  private static TrainerFactory divergingAt(long update) {
    return () ->
        new Wrapped(new ToyTrainer(SIZE, 1, DEPTH)) {
          @Override
          double loss(StepRecord step) {
            return step.update() >= update ? Double.NaN : step.loss();
          }
        };
  }

  private float[] train(Toy plan, String name, boolean resume) throws Exception {
    return train(plan, name, resume, new ByteArrayOutputStream());
  }

  private float[] train(Toy plan, String name, boolean resume, ByteArrayOutputStream watched)
      throws Exception {
    RunFolder run = at(folder.resolve(name));
    RunStart.requireWritable("--out", run);
    float[][] last = new float[1][];
    new TrainingRun(
            plan.plan(),
            run,
            WriteFence.NONE,
            new PrintStream(watched, true, StandardCharsets.UTF_8))
        .execute(
            RunStart.find(run, resume),
            averaging(plan),
            (round, theta) -> last[0] = theta.dup().toFloatVector());
    return last[0];
  }

  private static TrainingRun.AveragingStart averaging(Toy toy) {
    return (theta, state) ->
        new ParameterAveraging(spark, spark.broadcast(toy.kit()), theta, state, 2);
  }

  private static PrintStream silent() {
    return new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
  }

  private static RunFolder at(Path path) throws Exception {
    return RunFolder.at(path.toString(), new Configuration());
  }

  private Checkpoint newest(String name) throws Exception {
    return Checkpoint.read(
        new org.apache.hadoop.fs.Path(folder.resolve(name).toString()), new Configuration());
  }

  private <R> List<R> records(String name, Class<R> kind) throws Exception {
    return MetricsLog.read(at(folder.resolve(name))).stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private List<Double> losses(String name) throws Exception {
    return records(name, RoundRecord.class).stream().map(RoundRecord::loss).toList();
  }

  /** A run's steps without their times. */
  private List<String> steps(String name) throws Exception {
    return records(name, StepRecord.class).stream()
        .map(
            s ->
                s.round()
                    + " "
                    + s.worker()
                    + " "
                    + s.update()
                    + " "
                    + s.miningStep()
                    + " "
                    + s.loss())
        .toList();
  }

  private record Toy(WorkerKit kit, RunPlan plan) {}
}
