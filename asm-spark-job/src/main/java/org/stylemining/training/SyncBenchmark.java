package org.stylemining.training;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.bench.ProcessUsage;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.SourceBatch;
import org.stylemining.dataset.Sample;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.shard.BatchSource;
import org.stylemining.shard.WorkerBatch;

/**
 * What a sync round costs beside training: rounds in which every worker takes parameters and
 * optimizer state, trains on nothing and gives them back to be averaged, by the classes that train.
 */
public final class SyncBenchmark {
  private static final long LISTENERS_MILLIS = 30_000;

  /**
   * What is averaged.
   *
   * @param parameters values of theta
   * @param statesPerParameter values of the optimizer's state for each: 0, 1 (momentum) or 2 (Adam)
   * @param workers that take part
   * @param rounds of which the first also compiles and allocates
   */
  public record Settings(int parameters, int statesPerParameter, int workers, int rounds) {}

  private final Settings settings;

  public SyncBenchmark(Settings settings) {
    this.settings = settings;
  }

  /** Prints one line per round and the driver's peak memory at the end. */
  public void run(JavaSparkContext spark, PrintStream out) throws TimeoutException {
    TaskTimes times = new TaskTimes();
    spark.sc().addSparkListener(times);
    int states = Math.multiplyExact(settings.parameters(), settings.statesPerParameter());
    int parameters = settings.parameters();
    WorkerKit kit =
        new WorkerKit(
            UUID.randomUUID().toString(),
            () -> new IdleTrainer(parameters, states),
            new OnePixel(),
            0);
    try (INDArray theta = drawn(parameters);
        INDArray state = states == 0 ? null : drawn(states);
        Averaging averaging =
            new ParameterAveraging(spark, spark.broadcast(kit), theta, state, 0)) {
      for (int round = 1; round <= settings.rounds(); round++) {
        round(round, averaging, times, spark, out);
      }
    }
    out.printf(
        Locale.ROOT,
        "driver: peak resident %d MB, peak heap %d MB%n",
        ProcessUsage.now().peakBytes() >> 20,
        peakHeap() >> 20);
  }

  private void round(
      int round, Averaging averaging, TaskTimes times, JavaSparkContext spark, PrintStream out)
      throws TimeoutException {
    times.reset();
    long start = System.currentTimeMillis();
    averaging.round(round, batches(round), RoundTerms.patient(settings.workers()));
    long end = System.currentTimeMillis();
    spark.sc().listenerBus().waitUntilEmpty(LISTENERS_MILLIS);
    out.printf(
        Locale.ROOT,
        "round %d total %.2f s: until tasks start %.2f s, tasks %.2f s, after them %.2f s; to the driver %d MB, between executors %d MB, sweeping in tasks %.2f s%n",
        round,
        (end - start) / 1e3,
        (times.firstLaunch() - start) / 1e3,
        (times.lastFinish() - times.firstLaunch()) / 1e3,
        (end - times.lastFinish()) / 1e3,
        times.resultBytes() >> 20,
        times.shuffleBytes() >> 20,
        times.gcMillis() / 1e3);
    out.flush();
  }

  /** Random values, since zeros would be compressed on their way. */
  private static INDArray drawn(int n) {
    Random random = new Random(1);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return Nd4j.createFromArray(values);
  }

  private List<List<WorkerBatch>> batches(int round) {
    Sample sample = new Sample("none", "none", Optional.empty(), 0);
    return IntStream.range(0, settings.workers())
        .mapToObj(
            worker ->
                List.of(
                    new WorkerBatch(
                        round - 1, new long[] {(long) round * worker}, List.of(sample))))
        .toList();
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  /** Images of one pixel, read from nowhere. */
  private record OnePixel() implements BatchSource {
    @Override
    public SourceBatch read(List<Sample> samples, long[] positions) {
      List<LabelledImage> images = new ArrayList<>();
      for (int i = 0; i < positions.length; i++) {
        images.add(
            new LabelledImage(new RgbImage(1, 1, new byte[3]), new LabelMap(1, 1, new byte[1])));
      }
      return new SourceBatch(images, positions, List.of());
    }
  }
}
