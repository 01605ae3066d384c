package org.stylemining.training;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.shard.WorkerBatch;

/**
 * How the workers train and how their results of one round become the next parameters. It owns the
 * run's current parameters and optimizer state.
 */
public interface Averaging extends AutoCloseable {
  /**
   * One sync round: every worker starts from the current parameters and optimizer state and trains
   * on its batches; the mean of what they end with is current from then on.
   *
   * @param round from 1, for the workers' reports
   * @param batches each worker's batches in order, as many as workers; a worker without batches
   *     takes no part
   * @return the reports of those that took part, by worker
   */
  List<WorkerReport> round(int round, List<List<WorkerBatch>> batches);

  /** The current parameters: a view, n floats. */
  INDArray theta();

  /** The current optimizer state: a view, or null where the optimizer has none. */
  INDArray state();

  /** Frees what the run holds on the driver and on the executors. */
  @Override
  void close();
}
