package org.stylemining.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.adapt.TrainerFactory;
import org.stylemining.data.SourceBatch;
import org.stylemining.report.StepRecord;

/**
 * Momentum steps along "gradients" that are noise seeded by the sample's position and the update:
 * rounding matters in every value, and every sample leaves a mark of its own.
 */
final class ToyTrainer implements LocalTrainer {
  /** Trainers alive in this JVM. */
  static final AtomicInteger ALIVE = new AtomicInteger();

  private final int size;
  private final int statesPerParameter;
  private final int depth;
  private float[] theta;
  private float[] state;

  ToyTrainer(int size, int statesPerParameter, int depth) {
    this.size = size;
    this.statesPerParameter = statesPerParameter;
    this.depth = depth;
    ALIVE.incrementAndGet();
  }

  static TrainerFactory factory(int size, int statesPerParameter, int depth) {
    return () -> new ToyTrainer(size, statesPerParameter, depth);
  }

  @Override
  public long parameterCount() {
    return size;
  }

  @Override
  public long stateCount() {
    return (long) size * statesPerParameter;
  }

  @Override
  public int updatesPerBatch() {
    return depth;
  }

  @Override
  public void load(INDArray theta, INDArray state) {
    this.theta = theta.dup().reshape(size).toFloatVector();
    this.state = state == null ? new float[0] : state.dup().reshape(stateCount()).toFloatVector();
  }

  @Override
  public List<StepRecord> train(SourceBatch batch, long firstUpdate) {
    List<StepRecord> steps = new ArrayList<>();
    for (int step = 0; step < depth; step++) {
      double loss = 0;
      for (long position : batch.positions()) {
        Random noise = new Random(position * 1_000_003 + firstUpdate + step);
        for (int i = 0; i < size; i++) {
          float gradient = (float) noise.nextGaussian() + 0.1f * theta[i];
          for (int part = 0; part < statesPerParameter; part++) {
            int at = part * size + i;
            state[at] = 0.9f * state[at] + gradient;
            gradient = state[at];
          }
          theta[i] -= 0.01f * gradient;
          loss += gradient * gradient / size / batch.size();
        }
      }
      steps.add(
          new StepRecord(
              0,
              0,
              firstUpdate + step + 1,
              step + 1,
              loss,
              loss,
              0,
              0,
              0,
              0,
              0.01,
              batch.size(),
              0,
              0));
    }
    return steps;
  }

  @Override
  public void store(INDArray theta, INDArray state) {
    theta.assign(Nd4j.createFromArray(this.theta).castTo(DataType.FLOAT).reshape(theta.shape()));
    if (state != null) {
      state.assign(Nd4j.createFromArray(this.state).reshape(state.shape()));
    }
  }

  @Override
  public void close() {
    ALIVE.decrementAndGet();
  }
}
