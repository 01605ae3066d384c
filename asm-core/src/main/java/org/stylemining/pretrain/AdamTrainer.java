package org.stylemining.pretrain;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.adapt.Optimizer;
import org.stylemining.adapt.Vectors;
import org.stylemining.config.OptimizerKind;
import org.stylemining.data.SourceBatch;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.ParameterStore;
import org.stylemining.report.StepRecord;

/** Trains a part of the style generator with Adam, one update per batch. */
abstract class AdamTrainer implements LocalTrainer {
  private static final Optimizer ADAM = new Optimizer(OptimizerKind.ADAM, 0, 0, 1);

  private final ParameterStore parameters;
  private final Buffers buffers;
  private final INDArray moments;

  /**
   * What a batch came to.
   *
   * @param total what the gradients are of
   * @param images the part of it that tells how well images come back
   */
  record Loss(double total, double images) {}

  /**
   * @param parameters taken over
   * @param buffers taken over
   */
  AdamTrainer(ParameterStore parameters, Buffers buffers) {
    this.parameters = parameters;
    this.buffers = buffers;
    moments = Nd4j.createUninitializedDetached(buffers.type(), 2 * parameters.size());
    moments.assign(0);
  }

  /** Adds the gradients of a batch, which is not empty, to the parameters'. */
  abstract Loss gradients(SourceBatch batch);

  /** Learning rate after a number of updates. */
  abstract double rate(long updates);

  final ParameterStore parameters() {
    return parameters;
  }

  final Buffers buffers() {
    return buffers;
  }

  @Override
  public final long parameterCount() {
    return parameters.size();
  }

  @Override
  public final long stateCount() {
    return moments.length();
  }

  @Override
  public final int updatesPerBatch() {
    return 1;
  }

  @Override
  public final void load(INDArray theta, INDArray state) {
    Vectors.copy(theta, parameters.theta());
    Vectors.copy(state, moments);
  }

  @Override
  public final void store(INDArray theta, INDArray state) {
    Vectors.copy(parameters.theta(), theta);
    Vectors.copy(moments, state);
  }

  @Override
  public final List<StepRecord> train(SourceBatch batch, long firstUpdate) {
    if (batch.isEmpty()) {
      return List.of();
    }
    long start = System.nanoTime();
    Loss loss = gradients(batch);
    double rate = rate(firstUpdate);
    ADAM.update(parameters, moments, rate, firstUpdate, buffers.lanes());
    return List.of(
        StepRecord.withoutStyles(
            firstUpdate + 1, 1, loss.total, loss.images, 0, rate, batch.size(), start));
  }

  @Override
  public void close() {
    moments.close();
    parameters.close();
    buffers.close();
  }
}
