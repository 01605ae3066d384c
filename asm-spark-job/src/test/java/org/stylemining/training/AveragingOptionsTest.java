package org.stylemining.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.adapt.BatchStatistics;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.config.FinalModel;
import org.stylemining.config.FinalModelConfig;
import org.stylemining.config.IntervalConfig;
import org.stylemining.config.OuterConfig;
import org.stylemining.config.OuterOptimizer;
import org.stylemining.config.StateRule;
import org.stylemining.config.StatisticsConfig;
import org.stylemining.config.StatisticsMoment;
import org.stylemining.config.SyncConfig;
import org.stylemining.config.UserMistake;
import org.stylemining.config.WorkerWeight;
import org.stylemining.data.SourceBatch;
import org.stylemining.report.DriftRecord;
import org.stylemining.report.RollbackRecord;
import org.stylemining.report.RoundRecord;
import org.stylemining.report.StepRecord;
import org.stylemining.shard.RoundSchedule;
import org.stylemining.weights.Checkpoint;
import org.stylemining.weights.NamedTensor;

/** Ways of averaging, against the same in plain arithmetic on one machine. */
class AveragingOptionsTest {
  private static final OuterConfig SLOW = new OuterConfig(OuterOptimizer.SLOW_MOMENTUM, 1, 0.6);
  private static final OuterConfig NESTEROV = new OuterConfig(OuterOptimizer.NESTEROV, 0.7, 0.9);
  private static final FinalModelConfig MEAN = new FinalModelConfig(FinalModel.MEAN, 0.6);

  /** Seven rounds of 1, 1, 1, 3, 3, 3 and 2 batches. */
  private static final RoundSchedule UNEQUAL =
      RoundSchedule.postLocal(14, ToyRun.DEPTH, 3L * ToyRun.DEPTH, 3);

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

  /** Options of a run, and how they are called in a test's name. */
  record Options(String name, SyncConfig sync, RoundSchedule schedule) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Options> options() {
    RoundSchedule fixed = RoundSchedule.fixed(14, 2);
    SyncConfig plain = ToyRun.PATIENT;
    return Stream.of(
        new Options("rounds of different lengths", plain, UNEQUAL),
        new Options(
            "state reset", with(StateRule.RESET, WorkerWeight.UPDATES, OuterConfig.NONE), fixed),
        new Options(
            "weight samples",
            with(StateRule.AVERAGE, WorkerWeight.SAMPLES, OuterConfig.NONE),
            fixed),
        new Options(
            "weight equal", with(StateRule.AVERAGE, WorkerWeight.EQUAL, OuterConfig.NONE), fixed),
        new Options("slow momentum", with(StateRule.AVERAGE, WorkerWeight.UPDATES, SLOW), fixed),
        new Options("nesterov", with(StateRule.AVERAGE, WorkerWeight.UPDATES, NESTEROV), fixed),
        new Options("all at once", with(StateRule.RESET, WorkerWeight.SAMPLES, NESTEROV), UNEQUAL));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("options")
  void aRunIsWhatPlainArithmeticOnOneMachineMakesOfIt(Options options) throws Exception {
    List<float[]> after = new ArrayList<>();
    ToyRun run = damaged(options, "run").observer((round, theta) -> after.add(copy(theta)));

    run.train();

    List<double[]> expected = new PlainAveraging(run.shards(), options.sync(), after.get(0)).run();
    assertThat(after).hasSize(expected.size() + 1);
    for (int round = 1; round < after.size(); round++) {
      for (int i = 0; i < ToyRun.SIZE; i++) {
        assertThat((double) after.get(round)[i])
            .as("value %d after round %d", i, round)
            .isCloseTo(expected.get(round - 1)[i], within(2e-5));
      }
    }
    // The options do something at all.
    assertThat(copy(after.get(7)))
        .isNotEqualTo(
            damaged(new Options("plain", ToyRun.PATIENT, RoundSchedule.fixed(14, 2)), "plain")
                .train());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("options")
  void aRunThatWasStoppedAnywhereEndsAsTheUnbrokenOneBitForBit(Options options) throws Exception {
    ToyRun whole = damaged(mean(options), "whole");
    float[] unbroken = whole.train();
    for (int stop : new int[] {1, 5}) {
      String name = "broken-" + stop;
      assertThatThrownBy(() -> stoppedAfter(stop, damaged(mean(options), name)).train())
          .hasMessage("stopped");
      ToyRun resumed = damaged(mean(options), name);

      assertThat(resumed.train()).isEqualTo(unbroken);
      Checkpoint end = resumed.newest().orElseThrow();
      Checkpoint due = whole.newest().orElseThrow();
      assertThat(end.state()).isEqualTo(due.state());
      assertThat(end.optimizer()).isEqualTo(due.optimizer());
      assertThat(end.outer()).isEqualTo(due.outer());
      assertThat(values(end.mean().get("w"))).isEqualTo(values(due.mean().get("w")));
    }
  }

  @Test
  void aRunThatWentBackHasTheOuterMomentumAndTheMeanOfItsCheckpoint() throws Exception {
    Options options =
        mean(
            new Options(
                "nesterov",
                with(StateRule.AVERAGE, WorkerWeight.UPDATES, NESTEROV),
                RoundSchedule.fixed(14, 2)));
    // Round 6 trains on positions 60 to 71; the checkpoint before it is that of round 4.
    ToyRun.Wrapping diverging = trainer -> new NotANumberAt(trainer, 60, 72);
    ToyRun whole = run(options, "whole").trainers(diverging);
    float[] unbroken = whole.train();
    assertThat(whole.records(RollbackRecord.class)).extracting("round").containsExactly(4);

    boolean[] back = new boolean[1];
    ToyRun broken =
        run(options, "broken")
            .trainers(diverging)
            .observer(
                (round, theta) -> {
                  if (round == 5 && back[0]) {
                    throw new IllegalStateException("stopped");
                  }
                  back[0] |= round == 5;
                });
    assertThatThrownBy(broken::train).hasMessage("stopped");

    ToyRun resumed = run(options, "broken").trainers(diverging);
    assertThat(resumed.train()).isEqualTo(unbroken);
    assertThat(resumed.newest().orElseThrow().outer())
        .isEqualTo(whole.newest().orElseThrow().outer());
    assertThat(values(resumed.newest().orElseThrow().mean().get("w")))
        .isEqualTo(values(whole.newest().orElseThrow().mean().get("w")));
  }

  @ParameterizedTest
  @EnumSource(WorkerWeight.class)
  void withOneWorkerRoundsAndWeightsChangeNothing(WorkerWeight weight) throws Exception {
    SyncConfig plain = ToyRun.PATIENT;
    float[] local =
        run(new Options("", plain, RoundSchedule.fixed(14, 14)), "local").workers(1).train();
    SyncConfig sync = with(StateRule.AVERAGE, weight, OuterConfig.NONE);
    ToyRun one = run(mean(new Options("", sync, UNEQUAL)), "one").workers(1);

    assertThat(one.train()).isEqualTo(local);
    assertThat(one.records(DriftRecord.class)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = OuterOptimizer.class,
      names = {"SLOW_MOMENTUM", "NESTEROV"})
  void anOuterStepOfRateOneWithoutMomentumLeadsToTheMeanExactly(OuterOptimizer optimizer) {
    float[] start = {0, 1, -3.25f, 1e-3f, 7e6f, 0.1f};
    float[] mean = {1e-9f, 1.0000001f, 2, 1e3f, -1e-6f, 0.3f};
    float[] next = mean.clone();
    try (OuterStep step =
        new OuterStep(new OuterConfig(optimizer, 1, 0), start.length, round -> 0.037)) {
      step.apply(1, 0, start, next, start.length);
    }
    assertThat(next).isEqualTo(mean);
  }

  @Test
  void aStateThatIsResetIsNotPartOfWhatIsSentOrKept() throws Exception {
    ToyRun run =
        run(
            new Options(
                "",
                with(StateRule.RESET, WorkerWeight.UPDATES, OuterConfig.NONE),
                RoundSchedule.fixed(14, 2)),
            "run");

    run.train();

    assertThat(run.newest().orElseThrow().optimizer()).isEmpty();
  }

  @Test
  void roundsOfDifferentLengthsAreToldAndKeptRightly() throws Exception {
    ToyRun run = run(new Options("", ToyRun.PATIENT, UNEQUAL), "run");

    run.train();

    List<RoundRecord> rounds = run.records(RoundRecord.class);
    assertThat(rounds)
        .extracting(RoundRecord::update)
        .containsExactly(2L, 4L, 6L, 12L, 18L, 24L, 28L);
    assertThat(rounds).extracting(RoundRecord::rounds).containsOnly(7);
    assertThat(rounds)
        .extracting(RoundRecord::images)
        .containsExactly(6L, 6L, 6L, 18L, 18L, 18L, 12L);
    assertThat(run.newest().orElseThrow().state().update()).isEqualTo(28);
    assertThat(run.newest().orElseThrow().state().position()).isEqualTo(84);
    // The fourth round is to be followed by eight batches, two and two thirds of its own length.
    RoundRecord fourth = rounds.get(3);
    assertThat(fourth.timeLeftSeconds()).isPositive();
    assertThat(rounds.get(6).timeLeftSeconds()).isZero();
  }

  @Test
  void theMeanOfTheLastRoundsIsKeptAsTheResult() throws Exception {
    List<float[]> after = new ArrayList<>();
    ToyRun run =
        run(mean(new Options("", ToyRun.PATIENT, RoundSchedule.fixed(14, 2))), "run")
            .observer((round, theta) -> after.add(copy(theta)));

    float[] last = run.train();

    // 60 % of seven rounds: five of them.
    Checkpoint end = run.newest().orElseThrow();
    float[] mean = values(end.mean().get("w"));
    for (int i = 0; i < ToyRun.SIZE; i++) {
      double sum = 0;
      for (int round = 3; round <= 7; round++) {
        sum += after.get(round)[i];
      }
      assertThat((double) mean[i]).isCloseTo(sum / 5, within(1e-6));
    }
    assertThat(values(end.model().get("w"))).isEqualTo(last);
    assertThat(values(end.result().model().get("w"))).isEqualTo(mean);
    assertThat(end.resultName()).isEqualTo("the mean of 5 rounds in " + end.path());
    assertThat(last)
        .isEqualTo(
            run(new Options("", ToyRun.PATIENT, RoundSchedule.fixed(14, 2)), "without").train());
  }

  @Test
  void aMeanOfOneRoundIsAMistake() {
    SyncConfig sync = with(StatisticsConfig.NONE, new FinalModelConfig(FinalModel.MEAN, 0.1));
    assertThatThrownBy(() -> run(new Options("", sync, RoundSchedule.fixed(14, 2)), "run").train())
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("sync.final-model.share = 0.1")
        .hasMessageContaining("7 rounds");
  }

  @Test
  void aCheckpointWithoutTheOuterMomentumThatARunNeedsIsRefused() throws Exception {
    Options plain = new Options("", ToyRun.PATIENT, RoundSchedule.fixed(14, 2));
    run(plain, "run").train();

    assertThatThrownBy(
            () ->
                run(
                        new Options(
                            "",
                            with(StateRule.AVERAGE, WorkerWeight.UPDATES, SLOW),
                            plain.schedule()),
                        "run")
                    .train())
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("momentum of the outer optimizer of 50 values, found 0");
    assertThatThrownBy(() -> run(mean(plain), "run").train())
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("expected the mean of 5 rounds, found none");
  }

  @Test
  void statisticsAreTheMeanOverTheFirstBatchesForTheModelAndForTheMean() throws Exception {
    SyncConfig sync = with(new StatisticsConfig(5, StatisticsMoment.END), MEAN);
    ToyRun run =
        run(new Options("", sync, RoundSchedule.fixed(14, 2)), "run")
            .form(new WithStatistics(ToyRun.SIZE))
            .trainers(Measured::new);

    run.train();

    // Of batch i of three samples: the mean of its positions, and the network's first parameter.
    Checkpoint end = run.newest().orElseThrow();
    float[] last = values(end.model().get("w"));
    float[] mean = values(end.mean().get("w"));
    for (float[] network : List.of(last, mean)) {
      assertThat(network[48]).isEqualTo((1 + 4 + 7 + 10 + 13) / 5f);
      assertThat(network[49]).isCloseTo(network[0], within(1e-6f));
    }
    assertThat(last[49]).isNotEqualTo(mean[49]);
    assertThat(run.watched())
        .containsOnlyOnce("batch-norm statistics computed anew on 5 source batches")
        .contains("round 7: batch-norm statistics");
  }

  @Test
  void withFreshStatisticsAtEveryCheckpointAResumedRunEndsAsTheUnbrokenOne() throws Exception {
    for (StatisticsMoment moment : StatisticsMoment.values()) {
      SyncConfig sync = with(new StatisticsConfig(3, moment), MEAN);
      Options options = new Options("", sync, RoundSchedule.fixed(14, 2));
      ToyRun whole =
          run(options, "whole-" + moment)
              .form(new WithStatistics(ToyRun.SIZE))
              .trainers(Measured::new);
      whole.train();
      for (int stop : new int[] {1, 5}) {
        String name = "broken-" + moment + "-" + stop;
        assertThatThrownBy(
                () ->
                    stoppedAfter(
                            stop,
                            run(options, name)
                                .form(new WithStatistics(ToyRun.SIZE))
                                .trainers(Measured::new))
                        .train())
            .hasMessage("stopped");
        ToyRun resumed =
            run(options, name).form(new WithStatistics(ToyRun.SIZE)).trainers(Measured::new);
        resumed.train();
        Checkpoint end = resumed.newest().orElseThrow();
        Checkpoint due = whole.newest().orElseThrow();
        assertThat(values(end.model().get("w"))).isEqualTo(values(due.model().get("w")));
        assertThat(values(end.mean().get("w"))).isEqualTo(values(due.mean().get("w")));
        assertThat(end.state().extra()).isEqualTo(due.state().extra());
      }
    }
  }

  @Test
  void aMeanWhoseStatisticsAreNotFreshIsNotYetTheResult() throws Exception {
    SyncConfig sync = with(new StatisticsConfig(3, StatisticsMoment.END), MEAN);
    Options options = new Options("", sync, RoundSchedule.fixed(14, 2));
    ToyRun run = run(options, "run").form(new WithStatistics(ToyRun.SIZE)).trainers(Measured::new);
    assertThatThrownBy(() -> stoppedAfter(5, run).train()).hasMessage("stopped");

    Checkpoint fourth = run.newest().orElseThrow();
    assertThat(fourth.mean()).isNotEmpty();
    assertThat(fourth.result().model()).isEqualTo(fourth.model());
  }

  @Test
  void theOuterStepLeavesRunningStatisticsAtTheirMean() throws Exception {
    Options slow =
        new Options(
            "", with(StateRule.AVERAGE, WorkerWeight.UPDATES, NESTEROV), RoundSchedule.fixed(2, 2));
    float[] stepped = run(slow, "a").form(new WithStatistics(ToyRun.SIZE)).train();
    float[] plain =
        run(new Options("", ToyRun.PATIENT, slow.schedule()), "b")
            .form(new WithStatistics(ToyRun.SIZE))
            .train();

    assertThat(Arrays.copyOfRange(stepped, 48, 50)).isEqualTo(Arrays.copyOfRange(plain, 48, 50));
    assertThat(stepped[47]).isNotEqualTo(plain[47]);
  }

  private static SyncConfig with(StateRule state, WorkerWeight weight, OuterConfig outer) {
    return new SyncConfig(
        0,
        0,
        1,
        0,
        1,
        IntervalConfig.FIXED,
        state,
        weight,
        outer,
        StatisticsConfig.NONE,
        FinalModelConfig.LAST);
  }

  private static SyncConfig with(StatisticsConfig statistics, FinalModelConfig model) {
    return new SyncConfig(
        0,
        0,
        1,
        0,
        1,
        IntervalConfig.FIXED,
        StateRule.AVERAGE,
        WorkerWeight.UPDATES,
        OuterConfig.NONE,
        statistics,
        model);
  }

  private static Options mean(Options options) {
    SyncConfig sync = options.sync();
    return new Options(
        options.name(),
        new SyncConfig(
            0,
            0,
            1,
            0,
            1,
            sync.interval(),
            sync.optimizerState(),
            sync.weight(),
            sync.outer(),
            sync.statistics(),
            MEAN),
        options.schedule());
  }

  private ToyRun run(Options options, String name) throws Exception {
    return ToyRun.in(spark, folder.resolve(name)).sync(options.sync()).schedule(options.schedule());
  }

  /** Some images are damaged, so that workers make different numbers of updates. */
  private ToyRun damaged(Options options, String name) throws Exception {
    return run(options, name)
        .images(i -> i % 7 < 3 ? "damaged-" + i : "image-" + i)
        .maxBadFraction(0.9);
  }

  private static ToyRun stoppedAfter(int stop, ToyRun run) {
    return run.observer(
        (round, theta) -> {
          if (round == stop) {
            throw new IllegalStateException("stopped");
          }
        });
  }

  private static float[] copy(INDArray theta) {
    return theta.dup().toFloatVector();
  }

  private static float[] copy(float[] theta) {
    return theta.clone();
  }

  private static float[] values(NamedTensor tensor) {
    return tensor.data();
  }

  /** The last two values are statistics. */
  private record WithStatistics(VectorForm form, int size) implements NetworkForm {
    WithStatistics(int size) {
      this(new VectorForm(size, 1), size);
    }

    @Override
    public INDArray initial() {
      return form.initial();
    }

    @Override
    public long learned() {
      return size - 2;
    }

    @Override
    public long statisticsFrom() {
      return size - 2;
    }

    @Override
    public List<NamedTensor> publish(INDArray theta) {
      return form.publish(theta);
    }

    @Override
    public INDArray accept(String where, java.util.Map<String, NamedTensor> tensors) {
      return form.accept(where, tensors);
    }
  }

  /** Its statistics of a batch are the mean of the positions, and the first parameter. */
  private static final class Measured extends Wrapped {
    private double first;

    Measured(LocalTrainer trainer) {
      super(trainer);
    }

    @Override
    double loss(StepRecord step) {
      return step.loss();
    }

    @Override
    public void load(INDArray theta, INDArray state) {
      first = theta.getFloat(0);
      super.load(theta, state);
    }

    @Override
    public BatchStatistics statistics(SourceBatch batch, long firstUpdate) {
      double mean = Arrays.stream(batch.positions()).average().orElseThrow();
      return new BatchStatistics(new double[] {mean, first}, 1);
    }
  }

  /** Tells a loss that is no number on samples at some positions. */
  private static final class NotANumberAt extends Wrapped {
    private final long from;
    private final long to;
    private boolean on;

    NotANumberAt(LocalTrainer trainer, long from, long to) {
      super(trainer);
      this.from = from;
      this.to = to;
    }

    @Override
    public List<StepRecord> train(SourceBatch batch, long firstUpdate) {
      on = Arrays.stream(batch.positions()).anyMatch(p -> p >= from && p < to);
      return super.train(batch, firstUpdate);
    }

    @Override
    double loss(StepRecord step) {
      return on ? Double.NaN : step.loss();
    }
  }
}
