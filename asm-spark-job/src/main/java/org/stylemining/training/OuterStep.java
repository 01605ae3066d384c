package org.stylemining.training;

import java.util.function.IntToDoubleFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.config.OuterConfig;
import org.stylemining.nn.HostValues;

/**
 * An optimizer over rounds: a step from a round's start x along d = x - mean, the mean of what the
 * workers moved by, with a momentum vector u that it keeps off the heap.
 *
 * <p>Slow momentum (Wang, Tantia, Ballas, Rabbat, SlowMo, ICLR 2020, Algorithm 1), with momentum b,
 * learning rate a and the workers' learning rate g at the round's beginning: u = b u + d / g; x = x
 * - a g u.
 *
 * <p>Nesterov (Douillard et al., DiLoCo, 2023, Algorithm 1, whose outer optimizer is SGD with
 * Nesterov momentum as PyTorch has it): u = b u + d; x = x - a (d + b u).
 *
 * <p>Computed in double as x = mean + (d - step), so that a step of d leads to the mean exactly.
 */
final class OuterStep implements AutoCloseable {
  private final OuterConfig rule;
  private final IntToDoubleFunction rate;
  private final INDArray momentum;

  /**
   * @param rule with an optimizer
   * @param learned values of u
   * @param rate the workers' learning rate at the beginning of a round
   */
  OuterStep(OuterConfig rule, long learned, IntToDoubleFunction rate) {
    this.rule = rule;
    this.rate = rate;
    this.momentum = Nd4j.createUninitializedDetached(DataType.FLOAT, learned);
    momentum.assign(0);
  }

  /** u [learned]. */
  INDArray momentum() {
    return momentum;
  }

  /**
   * Takes the step in n values.
   *
   * @param from place of the first of them in theta
   * @param start what the round began with
   * @param mean of the workers; becomes the next round's start
   */
  void apply(int round, long from, float[] start, float[] mean, int n) {
    HostValues kept = new HostValues(momentum);
    float[] u = new float[n];
    kept.read(from, u, 0, n);
    double b = rule.momentum();
    double a = rule.learningRate();
    switch (rule.optimizer()) {
      case SLOW_MOMENTUM -> {
        double g = rate.applyAsDouble(round);
        for (int i = 0; i < n; i++) {
          double d = (double) start[i] - mean[i];
          double next = b * u[i] + d / g;
          mean[i] = (float) (mean[i] + (d - a * g * next));
          u[i] = (float) next;
        }
      }
      case NESTEROV -> {
        for (int i = 0; i < n; i++) {
          double d = (double) start[i] - mean[i];
          double next = b * u[i] + d;
          mean[i] = (float) (mean[i] + (d - a * (d + b * next)));
          u[i] = (float) next;
        }
      }
      case NONE -> throw new IllegalStateException("no outer optimizer");
    }
    kept.write(from, u, 0, n);
  }

  @Override
  public void close() {
    momentum.close();
  }
}
