package org.stylemining.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
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
  private final int prefetch;
  private final RoundVectors current;
  private final RoundWatch watch;

  /**
   * @param kit what every executor gets once; destroyed with this
   * @param theta the parameters to start from, n floats; copied
   * @param state the optimizer state to start from, 0, n or 2n floats; copied; null where it is
   *     empty
   * @param prefetch batches decoded ahead by each worker; 0: none
   */
  public ParameterAveraging(
      JavaSparkContext spark,
      Broadcast<WorkerKit> kit,
      INDArray theta,
      INDArray state,
      int prefetch) {
    this.spark = spark;
    this.prefetch = prefetch;
    this.current = new RoundVectors(theta.length(), state == null ? 0 : state.length());
    current.assign(theta, state);
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
    Slicing slicing = Slicing.of(current.length(), batches.size());
    RoundMaster master =
        new RoundMaster(
            kit,
            round,
            batches.size(),
            longest,
            prefetch,
            new RoundCollection(watch, terms, Set.copyOf(missing)),
            new RoundStart(current, slicing));
    watch.begin(round);
    try {
      new SparkComputationGraph(spark, EmptyGraph.create(), master)
          .fitPaths(paths(batches), new BatchLoader(kit));
    } finally {
      watch.end();
    }
    List<WorkerReport> reports = master.mean().get(0).reports();
    for (MeanSlice slice : master.mean()) {
      if (slice.values() != null) {
        current.write(slicing.start(slice.index()), slice.values());
      }
    }
    reports.forEach(report -> missing.remove(report.worker()));
    return new RoundResult(reports, watch.late(missing), watch.failed(), watch.overtaken(reports));
  }

  @Override
  public void reset(INDArray theta, INDArray state) {
    current.assign(theta, state);
  }

  @Override
  public INDArray theta() {
    return current.theta();
  }

  @Override
  public INDArray state() {
    return current.state();
  }

  @Override
  public void close() {
    String run = kit.value().run();
    watch.close();
    kit.destroy();
    current.close();
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
