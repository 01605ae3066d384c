package org.stylemining.adapt;

import java.io.Serializable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.config.OptimizerKind;
import org.stylemining.nn.Kernels;
import org.stylemining.nn.Parameter.Role;
import org.stylemining.nn.ParameterStore;
import org.stylemining.nn.cpu.Descent;
import org.stylemining.nn.cpu.Lanes;

/**
 * Turns gradients into updates, on ranges of the flat vector.
 *
 * <p>SGD as PyTorch has it: g += decay * theta; v = momentum * v + g; theta -= rate * v. Adam with
 * decoupled weight decay (Loshchilov and Hutter, 2019), beta 0.9 and 0.999.
 *
 * @param kind SGD or ADAM
 * @param momentum of SGD; 0: plain, without state
 * @param weightDecay factor
 * @param classifierRate factor on the learning rate of the classifier's parameters
 */
public record Optimizer(
    OptimizerKind kind, double momentum, double weightDecay, double classifierRate)
    implements Serializable {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  /** Vectors as long as theta in the state: Adam's are first and second moments. */
  public int statesPerParameter() {
    return kind == OptimizerKind.ADAM ? 2 : momentum == 0 ? 0 : 1;
  }

  /**
   * One update; the gradient becomes zero.
   *
   * @param state [statesPerParameter * n], null where that is 0
   * @param rate learning rate
   * @param update number of updates made before
   */
  public void update(ParameterStore store, INDArray state, double rate, long update, Lanes lanes) {
    long trained = store.end(Role.TRAINED);
    range(store, state, 0, trained, rate, update, lanes);
    range(store, state, trained, store.end(Role.CLASSIFIER), rate * classifierRate, update, lanes);
    store.gradient().assign(0);
  }

  private void range(
      ParameterStore store,
      INDArray state,
      long from,
      long to,
      double rate,
      long update,
      Lanes lanes) {
    if (from == to) {
      return;
    }
    INDArray theta = part(store.theta(), from, to);
    INDArray g = part(store.gradient(), from, to);
    if (kind == OptimizerKind.ADAM) {
      if (weightDecay > 0) {
        theta.muli(1 - rate * weightDecay);
      }
      long n = store.size();
      INDArray first = part(state, from, to);
      INDArray second = part(state, n + from, n + to);
      Nd4j.exec(
          new AdamUpdater(g, second, first, rate, BETA1, BETA2, EPSILON, Math.toIntExact(update)));
      theta.subi(g);
      return;
    }
    if (theta.dataType() == DataType.FLOAT && Nd4j.getEnvironment().isCPU()) {
      INDArray v = momentum > 0 ? part(state, from, to) : null;
      Descent.step(theta, g, v, momentum, weightDecay, rate, lanes);
      return;
    }
    if (weightDecay > 0) {
      addScaled(theta, weightDecay, g);
    }
    if (momentum > 0) {
      INDArray v = part(state, from, to);
      v.muli(momentum).addi(g);
      addScaled(v, -rate, theta);
    } else {
      addScaled(g, -rate, theta);
    }
  }

  /** y += factor * x. */
  private static void addScaled(INDArray x, double factor, INDArray y) {
    INDArray scaled = x.mul(factor);
    y.addi(scaled);
    scaled.close();
  }

  private static INDArray part(INDArray vector, long from, long to) {
    return Kernels.range(vector, from, to - from);
  }
}
