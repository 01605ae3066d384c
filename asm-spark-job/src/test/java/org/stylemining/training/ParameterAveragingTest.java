package org.stylemining.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingAggregationTuple;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingElementAddFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.adapt.TrainerFactory;
import org.stylemining.failure.RunFailure;
import org.stylemining.report.StepRecord;
import org.stylemining.shard.WorkerBatch;

class ParameterAveragingTest {
  private static final int SIZE = 257;
  private static final int DEPTH = 2;

  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark = LocalSpark.of(2);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @ParameterizedTest(name = "{0} workers, {1} values of state per parameter")
  @CsvSource({"2,0", "2,1", "3,1", "3,2", "7,1"})
  void takesTheMeanOfParametersAndOptimizerState(int workers, int states) {
    List<List<WorkerBatch>> batches = batches(workers, 3, 0);
    Vectors start = Vectors.random(states);

    Vectors averaged = train(start, List.of(batches));

    double[] theta = new double[SIZE];
    double[] state = new double[SIZE * states];
    for (List<WorkerBatch> worker : batches) {
      Vectors alone = locally(start, worker);
      for (int i = 0; i < theta.length; i++) {
        theta[i] += alone.theta[i] / (double) workers;
      }
      for (int i = 0; i < state.length; i++) {
        state[i] += alone.state[i] / (double) workers;
      }
    }
    for (int i = 0; i < theta.length; i++) {
      assertThat((double) averaged.theta[i]).isCloseTo(theta[i], within(theta[i]));
    }
    for (int i = 0; i < state.length; i++) {
      assertThat((double) averaged.state[i]).isCloseTo(state[i], within(state[i]));
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2"})
  void oneWorkerIsPlainLocalTrainingBitForBit(int states) {
    Vectors start = Vectors.random(states);
    List<WorkerBatch> first = batches(1, 3, 0).get(0);
    List<WorkerBatch> second = batches(1, 2, 3).get(0);

    Vectors averaged = train(start, List.of(List.of(first), List.of(second)));

    List<WorkerBatch> all = new ArrayList<>(first);
    all.addAll(second);
    assertThat(averaged).isEqualTo(locally(start, all));
  }

  @ParameterizedTest(name = "{0} workers")
  @ValueSource(ints = {3, 7})
  void theSumHasAFixedOrderHoweverTasksEnd(int workers) {
    Vectors start = Vectors.random(1);
    List<List<WorkerBatch>> batches = batches(workers, 2, 0);
    Vectors once = train(start, List.of(batches));

    for (int again = 0; again < 4; again++) {
      assertThat(train(start, List.of(batches))).isEqualTo(once);
    }
  }

  @Test
  void aWorkerWithoutBatchesTakesNoPart() {
    Vectors start = Vectors.random(1);
    List<List<WorkerBatch>> batches = new ArrayList<>(batches(1, 2, 0));
    Vectors alone = train(start, List.of(batches));
    batches.add(0, List.of());

    assertThat(train(start, List.of(batches))).isEqualTo(alone);
  }

  @Test
  void everyWorkerReportsItsOwnStepsAndDamagedSamples() {
    List<List<WorkerBatch>> batches =
        List.of(
            List.of(batch(0, 10, "a", "damaged-1"), batch(2, 12, "b", "c")),
            List.of(batch(0, 14, "damaged-2", "damaged-3"), batch(2, 16, "d", "e")));
    Vectors start = Vectors.random(1);
    try (ParameterAveraging averaging = averaging(start, 0)) {
      List<WorkerReport> reports = averaging.round(5, batches, RoundTerms.patient(2)).reports();

      assertThat(reports).extracting(WorkerReport::worker).containsExactly(0, 1);
      assertThat(reports).extracting(WorkerReport::seen).containsExactly(4L, 4L);
      assertThat(reports).extracting(WorkerReport::images).containsExactly(3L, 2L);
      assertThat(reports.get(1).skipped())
          .extracting("path")
          .containsExactly("damaged-2", "damaged-3");
      assertThat(reports.get(0).steps())
          .extracting("round", "worker", "update", "miningStep", "images")
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(5, 0, 1L, 1, 1),
              org.assertj.core.groups.Tuple.tuple(5, 0, 2L, 2, 1),
              org.assertj.core.groups.Tuple.tuple(5, 0, 3L, 1, 2),
              org.assertj.core.groups.Tuple.tuple(5, 0, 4L, 2, 2));
      assertThat(reports.get(1).steps()).extracting("update").containsExactly(3L, 4L);
    }
  }

  @Test
  @Timeout(60)
  void imagesThatCannotBeReachedFailTheRoundAndDoNotHangIt() {
    List<List<WorkerBatch>> batches =
        List.of(
            List.of(
                batch(0, 0, "a"), batch(2, 1, "unreachable"), batch(4, 2, "b"), batch(6, 3, "c")));
    try (ParameterAveraging averaging = averaging(Vectors.random(1), 2)) {
      assertThatThrownBy(() -> averaging.round(1, batches, RoundTerms.patient(1)))
          .isInstanceOf(RunFailure.class)
          .hasMessageStartingWith("round 1 failed: worker 0 in executor driver on ")
          .hasMessageContaining("java.io.IOException: connection refused: unreachable");
    }
    assertThat(ToyTrainer.ALIVE).hasValue(0);
  }

  @Test
  void workersAreWeightedByTheUpdatesThatTheyMade() {
    List<WorkerBatch> three = batches(1, 3, 0).get(0);
    List<WorkerBatch> one =
        List.of(
            batch(0, 20, "a", "b"),
            batch(2, 22, "damaged-1", "damaged-2"),
            batch(4, 24, "damaged-3", "damaged-4"));
    Vectors start = Vectors.random(1);

    Vectors averaged = train(start, List.of(List.of(three, one)));

    Vectors long6 = locally(start, three);
    Vectors short2 = locally(start, List.of(one.get(0)));
    for (int i = 0; i < SIZE; i++) {
      double theta = (6.0 * long6.theta[i] + 2.0 * short2.theta[i]) / 8;
      double state = (6.0 * long6.state[i] + 2.0 * short2.state[i]) / 8;
      assertThat((double) averaged.theta[i]).isCloseTo(theta, within(theta));
      assertThat((double) averaged.state[i]).isCloseTo(state, within(state));
    }
  }

  @Test
  void aWorkerOfWhomAllSamplesAreDamagedHasNoPartInTheMean() {
    List<WorkerBatch> good = batches(1, 2, 0).get(0);
    List<WorkerBatch> bad = List.of(batch(0, 30, "damaged-1", "damaged-2"));
    Vectors start = Vectors.random(1);

    assertThat(train(start, List.of(List.of(bad, good)))).isEqualTo(locally(start, good));
    assertThat(train(start, List.of(List.of(bad, bad, bad)))).isEqualTo(start);
  }

  @Test
  void equalWorkersAreAveragedAsDl4jDoesItBitForBit() throws Exception {
    List<List<WorkerBatch>> batches = batches(3, 2, 0);
    Vectors start = Vectors.random(2);

    Vectors averaged = train(start, List.of(batches));

    ParameterAveragingAggregationTuple sum = null;
    for (List<WorkerBatch> worker : batches) {
      Vectors alone = locally(start, worker);
      sum =
          new ParameterAveragingElementAddFunction()
              .call(
                  sum,
                  new ParameterAveragingTrainingResult(
                      Nd4j.createFromArray(alone.theta),
                      Nd4j.createFromArray(alone.state),
                      0,
                      null,
                      null,
                      null));
    }
    assertThat(sum.getAggregationsCount()).isEqualTo(3);
    assertThat(averaged)
        .isEqualTo(Vectors.of(sum.getParametersSum().divi(3), sum.getUpdaterStateSum().divi(3)));
  }

  @Test
  void aResultThatIsNotFiniteIsLeftOutAndNamed() {
    List<List<WorkerBatch>> batches = batches(3, 2, 0);
    Vectors start = Vectors.random(1);
    try (ParameterAveraging averaging =
        averaging(start, 2, () -> new Overflowing(new ToyTrainer(SIZE, 1, DEPTH), Set.of(1)))) {
      RoundResult result = averaging.round(1, batches, RoundTerms.patient(3));

      assertThat(result.reports())
          .extracting(WorkerReport::notFinite)
          .containsExactly(null, "its parameters are not finite", null);
      assertThat(result.averaged()).isTrue();
      assertThat(Vectors.of(averaging.theta(), averaging.state()))
          .isEqualTo(train(start, List.of(List.of(batches.get(0), batches.get(2)))));
    }
    try (ParameterAveraging averaging =
        averaging(
            start, 2, () -> new Overflowing(new ToyTrainer(SIZE, 1, DEPTH), Set.of(0, 1, 2)))) {
      assertThat(averaging.round(1, batches, RoundTerms.patient(3)).nothingFinite()).isTrue();
      assertThat(Vectors.of(averaging.theta(), averaging.state())).isEqualTo(start);
    }
  }

  @ParameterizedTest(name = "{0} workers")
  @ValueSource(ints = {3, 7})
  void aRoundThatMayDoWithoutSomeIsTheSameWhereAllFinish(int workers) {
    Vectors start = Vectors.random(1);
    List<List<WorkerBatch>> batches = batches(workers, 2, 0);
    try (ParameterAveraging averaging = averaging(start, 2)) {
      averaging.round(1, batches, new RoundTerms(300, 1));

      assertThat(Vectors.of(averaging.theta(), averaging.state()))
          .isEqualTo(train(start, List.of(batches)));
    }
  }

  @ParameterizedTest(name = "{0} workers finish by the quorum: {1}")
  @CsvSource({"3,false", "2,true"})
  void howFarWorkersAreFromTheirMeanIsTold(int workers, boolean quorum) {
    Vectors start = Vectors.random(1);
    List<List<WorkerBatch>> batches = batches(workers, 2, 0);
    try (ParameterAveraging averaging = averaging(start, 2)) {
      RoundDrift drift =
          averaging
              .round(1, batches, quorum ? new RoundTerms(300, 1) : RoundTerms.patient(workers))
              .drift();

      double[] mean = new double[SIZE];
      List<Vectors> alone = batches.stream().map(own -> locally(start, own)).toList();
      for (Vectors worker : alone) {
        for (int i = 0; i < SIZE; i++) {
          mean[i] += worker.theta[i] / (double) workers;
        }
      }
      assertThat(drift.movement()).isCloseTo(distance(start.theta, mean), within(1));
      assertThat(drift.distances()).hasSize(workers);
      for (int worker = 0; worker < workers; worker++) {
        assertThat(drift.distances().get(worker))
            .isPositive()
            .isCloseTo(distance(alone.get(worker).theta, mean), within(1));
      }
    }
  }

  private static double distance(float[] theta, double[] mean) {
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      sum += (theta[i] - mean[i]) * (theta[i] - mean[i]);
    }
    return Math.sqrt(sum);
  }

  @Test
  void theParametersOfPastRoundsAreFreed() {
    int size = 500_000;
    WorkerKit kit =
        new WorkerKit(
            "run " + System.nanoTime(), ToyTrainer.factory(size, 0, 1), new ToyImages(), 0);
    try (ParameterAveraging averaging =
        new ParameterAveraging(spark, spark.broadcast(kit), Nd4j.zeros(size), null, 2)) {
      averaging.round(1, batches(2, 1, 0), RoundTerms.patient(2));
      long before = blockMemory();
      for (int round = 2; round <= 9; round++) {
        averaging.round(round, batches(2, 1, round), RoundTerms.patient(2));
      }

      assertThat(blockMemory() - before)
          .as("bytes of blocks after eight more rounds of 2 MB")
          .isLessThan(2L * size);
    }
  }

  /** Bytes of the blocks that Spark keeps in memory. */
  private static long blockMemory() {
    return scala.collection.JavaConverters.mapAsJavaMap(spark.sc().getExecutorMemoryStatus())
        .values()
        .stream()
        .mapToLong(memory -> (Long) memory._1() - (Long) memory._2())
        .sum();
  }

  /** Ends with a parameter that is not finite where the worker is one of those. */
  private static final class Overflowing extends Wrapped {
    private final Set<Integer> workers;

    Overflowing(LocalTrainer trainer, Set<Integer> workers) {
      super(trainer);
      this.workers = workers;
    }

    @Override
    double loss(StepRecord step) {
      return step.loss();
    }

    @Override
    public void store(INDArray theta, INDArray state) {
      super.store(theta, state);
      if (workers.contains(TaskContext.getPartitionId())) {
        theta.putScalar(3, Float.POSITIVE_INFINITY);
      }
    }
  }

  @Test
  void trainersServeEveryRoundAndAreClosedAtTheEnd() {
    int alive = ToyTrainer.ALIVE.get();
    try (ParameterAveraging averaging = averaging(Vectors.random(1), 2)) {
      for (int round = 1; round <= 3; round++) {
        averaging.round(round, batches(2, 2, 4 * round), RoundTerms.patient(2));
        assertThat(ToyTrainer.ALIVE.get() - alive).isBetween(1, 2);
      }
    }
    assertThat(ToyTrainer.ALIVE).hasValue(alive);
  }

  private static org.assertj.core.data.Offset<Double> within(double value) {
    return org.assertj.core.data.Offset.offset(1e-6 + 1e-6 * Math.abs(value));
  }

  /**
   * Each worker's batches: {@code count} of two samples each, at the positions {@code 2 * workers *
   * count * from} on.
   */
  private static List<List<WorkerBatch>> batches(int workers, int count, int from) {
    List<List<WorkerBatch>> batches = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      List<WorkerBatch> own = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        own.add(batch((long) DEPTH * (from + i), 2L * ((from + i) * workers + worker), "a", "b"));
      }
      batches.add(own);
    }
    return batches;
  }

  private static WorkerBatch batch(long firstUpdate, long position, String... images) {
    return new WorkerBatch(
        firstUpdate,
        LongStream.range(position, position + images.length).toArray(),
        Arrays.stream(images).map(ToyImages::sample).toList());
  }

  private static ParameterAveraging averaging(Vectors start, int prefetch) {
    return averaging(start, prefetch, ToyTrainer.factory(SIZE, start.state.length / SIZE, DEPTH));
  }

  private static ParameterAveraging averaging(
      Vectors start, int prefetch, TrainerFactory trainers) {
    WorkerKit kit = new WorkerKit("run " + System.nanoTime(), trainers, new ToyImages(), 0);
    return new ParameterAveraging(
        spark,
        spark.broadcast(kit),
        Nd4j.createFromArray(start.theta),
        start.state.length == 0 ? null : Nd4j.createFromArray(start.state),
        prefetch);
  }

  private static Vectors train(Vectors start, List<List<List<WorkerBatch>>> rounds) {
    try (ParameterAveraging averaging = averaging(start, 2)) {
      int round = 1;
      for (List<List<WorkerBatch>> batches : rounds) {
        averaging.round(round++, batches, RoundTerms.patient(batches.size()));
      }
      return Vectors.of(averaging.theta(), averaging.state());
    }
  }

  private static Vectors locally(Vectors start, List<WorkerBatch> batches) {
    int states = start.state.length / SIZE;
    try (ToyTrainer trainer = new ToyTrainer(SIZE, states, DEPTH)) {
      trainer.load(
          Nd4j.createFromArray(start.theta),
          states == 0 ? null : Nd4j.createFromArray(start.state));
      for (WorkerBatch batch : batches) {
        trainer.train(
            new ToyImages().read(batch.samples(), batch.positions()), batch.firstUpdate());
      }
      INDArray theta = Nd4j.create(SIZE);
      INDArray state = states == 0 ? null : Nd4j.create(SIZE * states);
      trainer.store(theta, state);
      return Vectors.of(theta, state);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private record Vectors(float[] theta, float[] state) {
    static Vectors random(int states) {
      Random random = new Random(7);
      float[] theta = new float[SIZE];
      float[] state = new float[SIZE * states];
      for (int i = 0; i < theta.length; i++) {
        theta[i] = (float) random.nextGaussian();
      }
      for (int i = 0; i < state.length; i++) {
        state[i] = (float) random.nextGaussian();
      }
      return new Vectors(theta, state);
    }

    static Vectors of(INDArray theta, INDArray state) {
      return new Vectors(
          theta.dup().toFloatVector(), state == null ? new float[0] : state.dup().toFloatVector());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Vectors vectors
          && Arrays.equals(theta, vectors.theta)
          && Arrays.equals(state, vectors.state);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(theta);
    }
  }
}
