package org.stylemining.training;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.adapt.BatchStatistics;
import org.stylemining.failure.RunFailure;
import org.stylemining.shard.WorkerBatch;

/**
 * How the workers train and how their results of one round become the next parameters. It owns the
 * run's current parameters, optimizer state and outer optimizer.
 */
public interface Averaging extends AutoCloseable {
  /**
   * One sync round: every worker starts from the current parameters and optimizer state and trains
   * on its batches; the weighted mean of what they end with, or what an outer optimizer makes of
   * it, is current from then on. A worker whose result is not finite, or that made no update, has
   * no part in it; where none has, the current parameters stay.
   *
   * @param round from 1, for the workers' reports
   * @param batches each worker's batches in order, as many as workers; a worker without batches
   *     takes no part
   * @param terms how long the workers are waited for
   * @return what the workers told
   * @throws RunFailure where the round could not be finished, naming the first cause; the current
   *     parameters are as they were
   */
  RoundResult round(int round, List<List<WorkerBatch>> batches, RoundTerms terms);

  /**
   * What a network's batch-norm layers see of source batches, in training on them without an
   * update.
   *
   * @param theta the network [n], as long as the current one
   * @param batches of each worker, each at least one
   */
  BatchStatistics statistics(INDArray theta, List<List<WorkerBatch>> batches);

  /** The current parameters: a view, n floats, of which running statistics may be written. */
  INDArray theta();

  /** The current optimizer state: a view, or null where the optimizer has none. */
  INDArray state();

  /** The outer optimizer's momentum: a view, or null where there is none. */
  INDArray outer();

  /**
   * Makes others current.
   *
   * @param theta n floats; copied
   * @param state as many values as before; copied; null where there are none
   * @param outer the outer optimizer's momentum; copied; null: zero, or there is none
   */
  void reset(INDArray theta, INDArray state, INDArray outer);

  /** Frees what the run holds on the driver and on the executors. */
  @Override
  void close();
}
