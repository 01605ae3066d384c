package org.stylemining.training;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaRDDLike;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * dl4j-spark's averaging master for one sync round. It broadcasts the carrier's parameters and
 * state, lets {@link RoundWorker}s train on the paths of their own partition, and sets the carrier
 * to the mean.
 *
 * <p>It departs from the stock class where that one would not repeat or not last: partitions are
 * taken as they come (no random split, no counting job, no persisted paths), the sum has a fixed
 * order ({@link OrderedSum}), workers are weighted by their updates ({@link RoundSum}), nobody is
 * waited for longer than the round's terms say ({@link RoundCollection}), and the broadcast of a
 * round is destroyed after it.
 */
final class RoundMaster extends ParameterAveragingTrainingMaster {
  private final Broadcast<WorkerKit> kit;
  private final int round;
  private final int batches;
  private final RoundCollection collection;
  private Broadcast<NetBroadcastTuple> start;
  private List<WorkerReport> reports;

  /**
   * @param round from 1
   * @param workers partitions of the round's paths
   * @param batches most paths in one partition
   * @param depth levels of the summing tree
   * @param prefetch batches decoded ahead by each worker
   * @param collection waits for the results
   */
  RoundMaster(
      Broadcast<WorkerKit> kit,
      int round,
      int workers,
      int batches,
      int depth,
      int prefetch,
      RoundCollection collection) {
    // One path is one "example" here: whatever is in it, it is one call of the worker.
    super(
        new Builder(workers, 1)
            .batchSizePerWorker(1)
            .averagingFrequency(batches)
            .aggregationDepth(depth)
            .workerPrefetchNumBatches(prefetch)
            .saveUpdater(true)
            .repartionData(Repartition.Never)
            .storageLevelStreams(null));
    this.kit = kit;
    this.round = round;
    this.batches = batches;
    this.collection = collection;
  }

  /** What the workers told, by worker; null before the round. */
  List<WorkerReport> reports() {
    return reports;
  }

  @Override
  public ParameterAveragingTrainingWorker getWorkerInstance(SparkComputationGraph graph) {
    ComputationGraph carrier = graph.getNetwork();
    start = graph.getSparkContext().broadcast(new RoundStartTuple(carrier));
    return new RoundWorker(
        start,
        new WorkerConfiguration(true, 1, 1, batches, prefetchNumBatches, false),
        kit,
        round,
        collection.watch().updates());
  }

  @Override
  protected <T, R extends JavaRDDLike<T, R>> long getTotalDataSetObjectCount(
      JavaRDDLike<T, R> paths) {
    // Nothing asks for the number but the splitting below.
    return 0;
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  protected <T> JavaRDD<T>[] getSplitRDDs(JavaRDD<T> paths, int total, int examples) {
    return new JavaRDD[] {paths};
  }

  @Override
  protected void processResults(
      SparkDl4jMultiLayer unused,
      SparkComputationGraph graph,
      JavaRDD<ParameterAveragingTrainingResult> results,
      int split,
      int splits) {
    try {
      RoundSum sum = OrderedSum.over(results, aggregationDepth, collection);
      if (sum.vectors() != null) {
        setMean(sum, graph.getNetwork());
      }
      reports = sum.reports();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("could not average round " + round, e);
    } finally {
      start.destroy();
    }
  }

  private static void setMean(RoundSum sum, ComputationGraph carrier) {
    try (INDArray theta = sum.vectors().getParametersSum()) {
      carrier.setParams(theta.divi(sum.divisor()));
    }
    if (sum.vectors().getUpdaterStateSum() != null) {
      try (INDArray state = sum.vectors().getUpdaterStateSum()) {
        carrier.getUpdater().setStateViewArray(state.divi(sum.divisor()));
      }
    }
  }
}
