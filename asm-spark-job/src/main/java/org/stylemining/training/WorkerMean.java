package org.stylemining.training;

import java.io.Serial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.Partitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.stylemining.failure.RunFailure;
import scala.Tuple2;

/**
 * The mean over the workers of a round, as a reduce-scatter and a gather: slice s of every worker
 * goes to one task, which averages them, and the driver collects the averaged slices. So the driver
 * receives one network, however many workers there are, and no heap ever holds a whole one more
 * than the broadcast's.
 *
 * <p>Spark's {@code treeAggregate}, which dl4j-spark calls, brings several whole networks to the
 * driver and adds them in the order in which tasks end, so that two runs with the same seed would
 * drift apart.
 *
 * @see "Thakur, Rabenseifner, Gropp, Optimization of Collective Communication Operations in MPICH,
 *     2005, section 4.4"
 */
final class WorkerMean {
  private WorkerMean() {}

  /**
   * The slices of the mean, in order.
   *
   * @param results one {@link WorkerResult}, or none, in each partition
   * @param learned leading values over which distances from the mean are taken
   * @param collection brings the slices to the driver; where the round may do without some workers
   *     their whole results go there
   * @throws IllegalStateException where no worker had a result
   * @throws RunFailure where workers failed or are late
   */
  static List<MeanSlice> of(
      JavaRDD<ParameterAveragingTrainingResult> results,
      Slicing slicing,
      long learned,
      RoundCollection collection) {
    List<MeanSlice> mean =
        collection.needsAll()
            ? spread(results, slicing, learned, collection)
            : onDriver(results, slicing, learned, collection);
    if (mean.isEmpty() || mean.get(0).reports().isEmpty()) {
      throw new IllegalStateException("no worker had a source batch in this round");
    }
    return mean;
  }

  private static List<MeanSlice> spread(
      JavaRDD<ParameterAveragingTrainingResult> results,
      Slicing slicing,
      long learned,
      RoundCollection collection) {
    JavaRDD<MeanSlice> mean =
        results
            .flatMapToPair(
                result ->
                    IntStream.range(0, ((WorkerResult) result).slices())
                        .mapToObj(s -> new Tuple2<>(s, new WorkerSlice((WorkerResult) result, s)))
                        .iterator())
            .partitionBy(new BySlice(slicing.count()))
            .mapPartitions(
                each -> {
                  List<WorkerSlice> slices = new ArrayList<>();
                  each.forEachRemaining(numbered -> slices.add(numbered._2()));
                  int s = TaskContext.getPartitionId();
                  return slices.isEmpty()
                      ? Collections.emptyIterator()
                      : List.of(MeanSlice.of(s, slices, slicing.leading(s, learned))).iterator();
                });
    try {
      return collection.all(mean);
    } finally {
      // Else the files stay until Java happens to sweep the driver's heap.
      mean.rdd().cleanShuffleDependencies(false);
    }
  }

  private static List<MeanSlice> onDriver(
      JavaRDD<ParameterAveragingTrainingResult> results,
      Slicing slicing,
      long learned,
      RoundCollection collection) {
    List<List<WorkerSlice>> arrived =
        collection.enough(
            results.mapPartitions(
                each ->
                    each.hasNext()
                        ? List.of(copied((WorkerResult) each.next())).iterator()
                        : Collections.emptyIterator()));
    return IntStream.range(0, slicing.count())
        .mapToObj(
            s ->
                MeanSlice.of(
                    s,
                    arrived.stream()
                        .filter(Objects::nonNull)
                        .filter(slices -> slices.size() > s)
                        .map(slices -> slices.get(s))
                        .toList(),
                    slicing.leading(s, learned)))
        .toList();
  }

  /**
   * The slices with their values: a task's result is written after its worker's vectors are free.
   */
  private static List<WorkerSlice> copied(WorkerResult result) {
    List<WorkerSlice> slices = new ArrayList<>();
    for (int s = 0; s < result.slices(); s++) {
      slices.add(new WorkerSlice(result, s).copied());
    }
    return slices;
  }

  private static final class BySlice extends Partitioner {
    @Serial private static final long serialVersionUID = 1;

    private final int slices;

    BySlice(int slices) {
      this.slices = slices;
    }

    @Override
    public int numPartitions() {
      return slices;
    }

    @Override
    public int getPartition(Object slice) {
      return (Integer) slice;
    }
  }
}
