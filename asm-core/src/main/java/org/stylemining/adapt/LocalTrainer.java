package org.stylemining.adapt;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.data.SourceBatch;
import org.stylemining.report.StepRecord;

/**
 * Trains one network on one worker. The network's parameters theta (with the running statistics of
 * its normalisation) and the optimizer's state are one flat vector each, so that workers can be
 * averaged without knowing what is in them.
 *
 * <p>What a call of {@link #train} leaves behind depends on (theta, state, batch, firstUpdate)
 * alone: any trainer made by one {@link TrainerFactory} can go on where another one stopped. Not
 * thread-safe.
 */
public interface LocalTrainer extends AutoCloseable {
  /** Number of values of theta. */
  long parameterCount();

  /**
   * Number of values of the optimizer's state: 0 (plain SGD), {@link #parameterCount()} (momentum)
   * or twice that (Adam).
   */
  long stateCount();

  /**
   * Copies parameters and optimizer state in.
   *
   * @param theta {@link #parameterCount()} floats
   * @param state {@link #stateCount()} floats; null where that is 0
   */
  void load(INDArray theta, INDArray state);

  /**
   * Trains on one source batch: {@link #updatesPerBatch()} updates.
   *
   * @param batch not empty
   * @param firstUpdate updates of this worker before this batch: the place in the schedules
   * @return a record of each update; round, worker and waiting time are filled in by who knows them
   */
  List<StepRecord> train(SourceBatch batch, long firstUpdate);

  /** Updates made on one source batch. */
  int updatesPerBatch();

  /**
   * Copies parameters and optimizer state out.
   *
   * @param theta {@link #parameterCount()} floats
   * @param state {@link #stateCount()} floats; null where that is 0
   */
  void store(INDArray theta, INDArray state);

  /** Frees all native memory. */
  @Override
  void close();
}
