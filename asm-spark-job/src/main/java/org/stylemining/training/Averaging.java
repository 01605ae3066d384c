package org.stylemining.training;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.failure.RunFailure;
import org.stylemining.shard.WorkerBatch;

/**
 * How the workers train and how their results of one round become the next parameters. It owns the
 * run's current parameters and optimizer state.
 */
public interface Averaging extends AutoCloseable {
  /**
   * One sync round: every worker starts from the current parameters and optimizer state and trains
   * on its batches; the mean of what they end with, each weighted by the updates that it made, is
   * current from then on. A worker whose result is not finite, or that made no update, has no part
   * in it; where none has, the current parameters stay.
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

  /** The current parameters: a view, n floats. */
  INDArray theta();

  /** The current optimizer state: a view, or null where the optimizer has none. */
  INDArray state();

  /**
   * Makes others current.
   *
   * @param theta n floats; copied
   * @param state as many values as before; copied; null where there are none
   */
  void reset(INDArray theta, INDArray state);

  /** Frees what the run holds on the driver and on the executors. */
  @Override
  void close();
}
