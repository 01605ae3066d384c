package org.stylemining.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.adapt.BatchStatistics;
import org.stylemining.adapt.Vectors;
import org.stylemining.config.OuterOptimizer;
import org.stylemining.shard.WorkerBatch;

/**
 * The weighted mean of the workers' parameters and optimizer states, by dl4j-spark's parameter
 * averaging: the plain mean, bit for bit, where all weigh the same; where asked for, with a step of
 * an outer optimizer. With one worker and without such a step it is plain local training, bit for
 * bit.
 */
public final class ParameterAveraging implements Averaging {
  private final JavaSparkContext spark;
  private final Broadcast<WorkerKit> kit;
  private final int prefetch;
  private final MeanRule rule;
  private final RoundVectors current;
  private final Optional<OuterStep> outer;
  private final RoundWatch watch;

  /**
   * @param kit what every executor gets once; destroyed with this
   * @param theta the parameters to start from, n floats; copied
   * @param state the optimizer state to start from, 0, n or 2n floats; copied; null where it is
   *     empty: then workers that have one begin every round with zero
   * @param prefetch batches decoded ahead by each worker; 0: none
   * @param rule of the mean
   */
  public ParameterAveraging(
      JavaSparkContext spark,
      Broadcast<WorkerKit> kit,
      INDArray theta,
      INDArray state,
      int prefetch,
      MeanRule rule) {
    this.spark = spark;
    this.prefetch = prefetch;
    this.rule = rule;
    this.outer =
        rule.outer().optimizer() == OuterOptimizer.NONE
            ? Optional.empty()
            : Optional.of(new OuterStep(rule.outer(), rule.learned(), rule.rate()));
    this.current = new RoundVectors(theta.length(), state == null ? 0 : state.length());
    current.assign(theta, state);
    this.kit = kit;
    this.watch = new RoundWatch(spark.sc(), kit.value().run());
  }

  /** The mean weighted by updates, and nothing else. */
  public ParameterAveraging(
      JavaSparkContext spark,
      Broadcast<WorkerKit> kit,
      INDArray theta,
      INDArray state,
      int prefetch) {
    this(spark, kit, theta, state, prefetch, MeanRule.plain(theta.length()));
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
            new RoundStart(current, slicing),
            rule);
    watch.begin(round);
    try {
      new SparkComputationGraph(spark, EmptyGraph.create(), master)
          .fitPaths(paths(batches), new BatchLoader(kit));
    } finally {
      watch.end();
    }
    List<WorkerReport> reports = master.mean().get(0).reports();
    RoundDrift drift = take(round, master.mean(), slicing);
    reports.forEach(report -> missing.remove(report.worker()));
    return new RoundResult(
        reports, watch.late(missing), watch.failed(), watch.overtaken(reports), drift);
  }

  /** Makes the mean current, or what the outer optimizer makes of it. */
  private RoundDrift take(int round, List<MeanSlice> mean, Slicing slicing) {
    double movement = 0;
    Map<Integer, Double> distances = new TreeMap<>();
    for (MeanSlice slice : mean) {
      if (slice.values() == null) {
        continue;
      }
      int learned = slicing.leading(slice.index(), rule.learned());
      if (learned > 0) {
        float[] start = slicing.read(current, slice.index());
        movement += MeanSlice.squares(slice.values(), start, learned);
        slice.squares().forEach((worker, square) -> distances.merge(worker, square, Double::sum));
        outer.ifPresent(
            step ->
                step.apply(round, slicing.start(slice.index()), start, slice.values(), learned));
      }
      current.write(slicing.start(slice.index()), slice.values());
    }
    return RoundDrift.ofSquares(movement, distances);
  }

  @Override
  public BatchStatistics statistics(INDArray theta, List<List<WorkerBatch>> batches) {
    return StatisticsJob.run(spark, kit, theta, paths(batches));
  }

  @Override
  public void reset(INDArray theta, INDArray state, INDArray momentum) {
    current.assign(theta, state);
    outer.ifPresent(
        step -> {
          if (momentum == null) {
            step.momentum().assign(0);
          } else {
            Vectors.copy(momentum, step.momentum());
          }
        });
  }

  @Override
  public INDArray outer() {
    return outer.map(OuterStep::momentum).orElse(null);
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
    outer.ifPresent(OuterStep::close);
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
