package org.stylemining.training;

import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.data.SourceBatch;
import org.stylemining.report.StepRecord;

/**
 * Plain SGD on the squared error of a linear model; a sample's input and target are drawn by its
 * position.
 */
final class LinearTrainer implements LocalTrainer {
  static final int SIZE = 20;

  private float[] theta;

  @Override
  public long parameterCount() {
    return SIZE;
  }

  @Override
  public long stateCount() {
    return 0;
  }

  @Override
  public int updatesPerBatch() {
    return 1;
  }

  @Override
  public void load(INDArray theta, INDArray state) {
    this.theta = theta.dup().toFloatVector();
  }

  @Override
  public List<StepRecord> train(SourceBatch batch, long firstUpdate) {
    double[] gradient = new double[SIZE];
    double loss = 0;
    for (long position : batch.positions()) {
      double[] x = new Random(position).doubles(SIZE).toArray();
      double error = -x[0] - 2 * x[1];
      for (int i = 0; i < SIZE; i++) {
        error += theta[i] * x[i];
      }
      loss += error * error / batch.size();
      for (int i = 0; i < SIZE; i++) {
        gradient[i] += 2 * error * x[i] / batch.size();
      }
    }
    for (int i = 0; i < SIZE; i++) {
      theta[i] -= (float) (0.02 * gradient[i]);
    }
    return List.of(
        new StepRecord(0, 0, firstUpdate + 1, 1, loss, loss, 0, 0, 0, 0, 0.02, batch.size(), 0, 0));
  }

  @Override
  public void store(INDArray theta, INDArray state) {
    theta.assign(Nd4j.createFromArray(this.theta));
  }

  @Override
  public void close() {}
}
