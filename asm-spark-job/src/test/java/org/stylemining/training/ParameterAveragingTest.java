package org.stylemining.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
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

    Vectors averaged = train(start, 2, List.of(batches));

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

    Vectors averaged = train(start, 2, List.of(List.of(first), List.of(second)));

    List<WorkerBatch> all = new ArrayList<>(first);
    all.addAll(second);
    assertThat(averaged).isEqualTo(locally(start, all));
  }

  @ParameterizedTest(name = "{0} workers summed in a tree of depth {1}")
  @CsvSource({"3,2", "7,1", "7,2", "9,3"})
  void theSumHasAFixedOrderHoweverTasksEnd(int workers, int depth) {
    Vectors start = Vectors.random(1);
    List<List<WorkerBatch>> batches = batches(workers, 2, 0);
    Vectors once = train(start, depth, List.of(batches));

    for (int again = 0; again < 4; again++) {
      assertThat(train(start, depth, List.of(batches))).isEqualTo(once);
    }
  }

  @Test
  void aWorkerWithoutBatchesTakesNoPart() {
    Vectors start = Vectors.random(1);
    List<List<WorkerBatch>> batches = new ArrayList<>(batches(1, 2, 0));
    Vectors alone = train(start, 2, List.of(batches));
    batches.add(0, List.of());

    assertThat(train(start, 2, List.of(batches))).isEqualTo(alone);
  }

  @Test
  void everyWorkerReportsItsOwnStepsAndDamagedSamples() {
    List<List<WorkerBatch>> batches =
        List.of(
            List.of(batch(0, 10, "a", "damaged-1"), batch(2, 12, "b", "c")),
            List.of(batch(0, 14, "damaged-2", "damaged-3"), batch(2, 16, "d", "e")));
    Vectors start = Vectors.random(1);
    try (ParameterAveraging averaging = averaging(start, 2, 0)) {
      List<WorkerReport> reports = averaging.round(5, batches);

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
    try (ParameterAveraging averaging = averaging(Vectors.random(1), 2, 2)) {
      assertThatThrownBy(() -> averaging.round(1, batches))
          .hasStackTraceContaining("connection refused: unreachable");
    }
    assertThat(ToyTrainer.ALIVE).hasValue(0);
  }

  @Test
  void trainersServeEveryRoundAndAreClosedAtTheEnd() {
    int alive = ToyTrainer.ALIVE.get();
    try (ParameterAveraging averaging = averaging(Vectors.random(1), 2, 2)) {
      for (int round = 1; round <= 3; round++) {
        averaging.round(round, batches(2, 2, 4 * round));
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

  private static ParameterAveraging averaging(Vectors start, int depth, int prefetch) {
    WorkerKit kit =
        new WorkerKit(
            "run " + System.nanoTime(),
            ToyTrainer.factory(SIZE, start.state.length / SIZE, DEPTH),
            new ToyImages(),
            0);
    return new ParameterAveraging(
        spark,
        spark.broadcast(kit),
        Nd4j.createFromArray(start.theta),
        start.state.length == 0 ? null : Nd4j.createFromArray(start.state),
        depth,
        prefetch);
  }

  private static Vectors train(Vectors start, int depth, List<List<List<WorkerBatch>>> rounds) {
    try (ParameterAveraging averaging = averaging(start, depth, 2)) {
      int round = 1;
      for (List<List<WorkerBatch>> batches : rounds) {
        averaging.round(round++, batches);
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
