package org.stylemining.training;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.adapt.BatchStatistics;
import org.stylemining.config.StatisticsConfig;
import org.stylemining.config.StatisticsMoment;
import org.stylemining.nn.HostValues;
import org.stylemining.shard.SourceShards;
import org.stylemining.shard.WorkerBatch;

/**
 * Batch-norm statistics of averaged networks, computed anew as the mean over the first source
 * batches of the training order, as training sees them: no worker's running ones are those of the
 * average, whose layers see other inputs. Nothing is learned in it.
 *
 * @see "Izmailov et al., Averaging Weights Leads to Wider Optima and Better Generalization, UAI
 *     2018, section 3.2, which makes one pass over the data for it"
 */
final class FreshStatistics {
  private final RunPlan plan;
  private final StatisticsConfig rule;
  private final PrintStream progress;

  FreshStatistics(RunPlan plan, PrintStream progress) {
    this.plan = plan;
    this.rule = plan.sync().statistics();
    this.progress = progress;
  }

  /** Whether statistics are fresh in a checkpoint after this round, or need not be. */
  boolean areFresh(int round) {
    return rule.batches() == 0 || isDue(round);
  }

  private boolean isDue(int round) {
    return rule.batches() > 0
        && (rule.at() == StatisticsMoment.CHECKPOINT || round == plan.shards().rounds());
  }

  /**
   * Puts them into the current parameters and into a mean of models, where that is due before the
   * checkpoint after this round.
   */
  void beforeCheckpoint(int round, Averaging averaging, Optional<INDArray> mean) {
    if (!isDue(round)) {
      return;
    }
    List<List<WorkerBatch>> batches = batches(round);
    refresh(averaging.theta(), averaging, batches);
    mean.ifPresent(theta -> refresh(theta, averaging, batches));
    progress.println(
        "round %d: batch-norm statistics computed anew on %d source batches"
            .formatted(round, rule.batches()));
  }

  private void refresh(INDArray theta, Averaging averaging, List<List<WorkerBatch>> batches) {
    BatchStatistics sums = averaging.statistics(theta, batches);
    long from = plan.form().statisticsFrom();
    if (sums.passes() > 0) {
      float[] fresh = sums.mean();
      if (from + fresh.length != theta.length()) {
        throw new IllegalStateException(
            "expected %d statistics, found %d".formatted(theta.length() - from, fresh.length));
      }
      new HostValues(theta).write(from, fresh, 0, fresh.length);
    }
  }

  /** Each worker's, dealt out in turn. */
  private List<List<WorkerBatch>> batches(int round) {
    SourceShards shards = plan.shards();
    int workers = Math.min(shards.workers(), rule.batches());
    List<List<WorkerBatch>> batches = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      List<WorkerBatch> own = new ArrayList<>();
      for (long i = worker; i < rule.batches(); i += workers) {
        own.add(shards.batch(i * shards.batchSize(), shards.updatesAfter(round)));
      }
      batches.add(own);
    }
    return batches;
  }
}
