package org.stylemining.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.shard.WorkerBatch;

/**
 * The mean of the workers' parameters and optimizer states, weighted by their updates, by
 * dl4j-spark's parameter averaging: the plain mean, bit for bit, where all made equally many. With
 * one worker it is plain local training, bit for bit.
 */
public final class ParameterAveraging implements Averaging {
  private final JavaSparkContext spark;
  private final Broadcast<WorkerKit> kit;
  private final int depth;
  private final int prefetch;
  private final ComputationGraph carrier;
  private final RoundWatch watch;

  /**
   * @param kit what every executor gets once; destroyed with this
   * @param theta the parameters to start from, n floats; copied
   * @param state the optimizer state to start from, 0, n or 2n floats; copied; null where it is
   *     empty
   * @param depth levels of the tree in which results are summed
   * @param prefetch batches decoded ahead by each worker; 0: none
   */
  public ParameterAveraging(
      JavaSparkContext spark,
      Broadcast<WorkerKit> kit,
      INDArray theta,
      INDArray state,
      int depth,
      int prefetch) {
    this.spark = spark;
    this.depth = depth;
    this.prefetch = prefetch;
    this.carrier = ParameterCarrier.around(theta, state == null ? 0 : state.length());
    if (state != null) {
      state().assign(state.reshape(state.length()));
    }
    this.kit = kit;
    this.watch = new RoundWatch(spark.sc(), kit.value().run());
  }

  @Override
  public RoundResult round(int round, List<List<WorkerBatch>> batches, RoundTerms terms) {
    int longest = batches.stream().mapToInt(List::size).max().orElse(0);
    if (longest == 0) {
      throw new IllegalArgumentException("no worker has a source batch in round " + round);
    }
    Set<Integer> missing = new TreeSet<>();
    for (int worker = 0; worker < batches.size(); worker++) {
      if (!batches.get(worker).isEmpty()) {
        missing.add(worker);
      }
    }
    RoundMaster master =
        new RoundMaster(
            kit,
            round,
            batches.size(),
            longest,
            depth,
            prefetch,
            new RoundCollection(watch, terms, Set.copyOf(missing)));
    watch.begin(round);
    try {
      new SparkComputationGraph(spark, carrier, master)
          .fitPaths(paths(batches), new BatchLoader(kit));
    } finally {
      watch.end();
    }
    master.reports().forEach(report -> missing.remove(report.worker()));
    return new RoundResult(master.reports(), watch.late(missing), watch.failed());
  }

  @Override
  public void reset(INDArray theta, INDArray state) {
    theta().assign(theta.reshape(theta.length()));
    if (state != null) {
      state().assign(state.reshape(state.length()));
    }
  }

  @Override
  public INDArray theta() {
    return ParameterCarrier.theta(carrier);
  }

  @Override
  public INDArray state() {
    return ParameterCarrier.state(carrier);
  }

  @Override
  public void close() {
    String run = kit.value().run();
    watch.close();
    kit.destroy();
    TrainerPool.close(run);
  }

  /** The paths of worker i's batches, in order, in partition i. */
  private JavaRDD<String> paths(List<List<WorkerBatch>> batches) {
    List<List<String>> byWorker = new ArrayList<>();
    for (List<WorkerBatch> worker : batches) {
      byWorker.add(worker.stream().map(WorkerBatch::toPath).toList());
    }
    // parallelize cuts a list of k into k slices of one, so nothing has to be shuffled.
    return spark.parallelize(byWorker, byWorker.size()).flatMap(List::iterator);
  }
}
