package org.stylemining.adapt;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.data.SourceBatch;
import org.stylemining.report.StepRecord;

/**
 * One worker's training of one network, whose parameters are a flat vector theta [n] and whose
 * optimizer's state is a flat vector of a length that the optimizer decides. Deterministic in
 * (theta, state, batch, update). For one thread.
 */
public interface LocalTrainer extends AutoCloseable {
  /** Number n of values of theta. */
  long parameterCount();

  /** Number of values of the optimizer's state: 0, n or 2n. */
  long stateCount();

  /** Updates made with one batch. */
  int updatesPerBatch();

  /**
   * Takes parameters and state over, by copying.
   *
   * @param theta n values
   * @param state the state's values; null where there are none
   */
  void load(INDArray theta, INDArray state);

  /** Copies parameters and state out, in the form of {@link #load}. */
  void store(INDArray theta, INDArray state);

  /**
   * Trains on one source batch.
   *
   * @param batch may be empty (all its samples damaged): nothing is done
   * @param firstUpdate number of updates made before, which places the batch in the learning rate's
   *     schedule
   * @return one record per update, round and worker left at 0
   */
  List<StepRecord> train(SourceBatch batch, long firstUpdate);

  /**
   * What the network's batch-norm layers see in the forward passes that {@link #train} makes on a
   * batch; nothing is learned. The loaded running statistics are lost.
   *
   * @param batch not empty
   * @param firstUpdate as in {@link #train}
   */
  default BatchStatistics statistics(SourceBatch batch, long firstUpdate) {
    return BatchStatistics.NONE;
  }

  @Override
  void close();
}
