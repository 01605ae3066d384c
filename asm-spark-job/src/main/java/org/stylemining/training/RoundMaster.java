package org.stylemining.training;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaRDDLike;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * dl4j-spark's averaging master for one sync round. It broadcasts parameters and optimizer state,
 * lets {@link RoundWorker}s train on the paths of their own partition, and brings back the mean.
 *
 * <p>It departs from the stock class where that one would not repeat or not last: partitions are
 * taken as they come (no random split, no counting job, no persisted paths); vectors travel in
 * slices beside dl4j-spark's graph, which is empty, and are averaged in a fixed order ({@link
 * WorkerMean}), weighted; nobody is waited for longer than the round's terms say ({@link
 * RoundCollection}); and the broadcast of a round is destroyed after it.
 */
final class RoundMaster extends ParameterAveragingTrainingMaster {
  private static final Logger LOG = LoggerFactory.getLogger(RoundMaster.class);

  private final Broadcast<WorkerKit> kit;
  private final int round;
  private final int batches;
  private final RoundCollection collection;
  private final RoundStart vectors;
  private final MeanRule rule;
  private Broadcast<RoundStart> start;
  private List<MeanSlice> mean;

  /**
   * @param round from 1
   * @param workers partitions of the round's paths
   * @param batches most paths in one partition
   * @param prefetch batches decoded ahead by each worker
   * @param collection waits for the results
   * @param vectors what the workers start from
   * @param rule of the mean
   */
  RoundMaster(
      Broadcast<WorkerKit> kit,
      int round,
      int workers,
      int batches,
      int prefetch,
      RoundCollection collection,
      RoundStart vectors,
      MeanRule rule) {
    // One path is one "example" here: whatever is in it, it is one call of the worker.
    super(
        new Builder(workers, 1)
            .batchSizePerWorker(1)
            .averagingFrequency(batches)
            .workerPrefetchNumBatches(prefetch)
            .saveUpdater(true)
            .repartionData(Repartition.Never)
            .storageLevelStreams(null));
    this.kit = kit;
    this.round = round;
    this.batches = batches;
    this.collection = collection;
    this.vectors = vectors;
    this.rule = rule;
  }

  /** The mean of the workers' results, slice by slice; null before the round. */
  List<MeanSlice> mean() {
    return mean;
  }

  @Override
  public ParameterAveragingTrainingWorker getWorkerInstance(SparkComputationGraph graph) {
    start = graph.getSparkContext().broadcast(vectors);
    return new RoundWorker(
        start,
        new WorkerConfiguration(true, 1, 1, batches, prefetchNumBatches, false),
        kit,
        round,
        rule.weight(),
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
    boolean idle = false;
    try {
      mean = WorkerMean.of(results, vectors.slicing(), rule.learned(), collection);
      idle = collection.needsAll();
    } finally {
      // Waits, or an executor's heap would hold the next round's beside this one's; but not for
      // workers that are late, nor for executors that are gone.
      forget(idle);
    }
  }

  private void forget(boolean wait) {
    try {
      start.destroy(wait);
    } catch (Exception e) {
      // Scala's methods throw what they do not declare: a timeout, where an executor does not
      // answer and is not yet taken for lost. The round's result does not hang on it.
      LOG.warn("an executor may still hold the parameters that round {} began with", round, e);
    }
  }
}
