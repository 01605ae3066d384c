package org.stylemining.training;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.data.SourceBatch;
import org.stylemining.report.StepRecord;

/** Takes parameters and optimizer state, trains on nothing, and gives them back. */
final class IdleTrainer implements LocalTrainer {
  private final INDArray theta;
  private final INDArray state;

  /**
   * @param parameters n
   * @param states 0, n or 2n
   */
  IdleTrainer(long parameters, long states) {
    theta = Nd4j.createUninitializedDetached(DataType.FLOAT, parameters);
    state = states == 0 ? null : Nd4j.createUninitializedDetached(DataType.FLOAT, states);
  }

  @Override
  public long parameterCount() {
    return theta.length();
  }

  @Override
  public long stateCount() {
    return state == null ? 0 : state.length();
  }

  @Override
  public int updatesPerBatch() {
    return 1;
  }

  @Override
  public void load(INDArray newTheta, INDArray newState) {
    theta.assign(newTheta.reshape(theta.length()));
    if (state != null) {
      state.assign(newState.reshape(state.length()));
    }
  }

  @Override
  public void store(INDArray toTheta, INDArray toState) {
    toTheta.assign(theta.reshape(toTheta.shape()));
    if (state != null) {
      toState.assign(state.reshape(toState.shape()));
    }
  }

  @Override
  public List<StepRecord> train(SourceBatch batch, long firstUpdate) {
    return List.of(
        new StepRecord(0, 0, firstUpdate + 1, 1, 0, 0, 0, 0, 0, 0, 0, batch.size(), 0, 0));
  }

  @Override
  public void close() {
    theta.close();
    if (state != null) {
      state.close();
    }
  }
}
