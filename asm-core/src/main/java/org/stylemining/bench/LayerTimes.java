package org.stylemining.bench;

import java.util.ArrayList;
import java.util.List;
import org.stylemining.nn.LayerProbe.Pass;

/** Times of the layers of one shape, summed over the layers, step by step. */
final class LayerTimes {
  private final String name;
  private final LayerKey key;
  private final double flops;
  private final OneWay forward = new OneWay();
  private final OneWay backward = new OneWay();

  /** One way through the layers. */
  private static final class OneWay {
    private final List<Double> milliseconds = new ArrayList<>();
    private double current;
    private int passes;
    private int currentPasses;
    private double operations;
    private double currentOperations;

    void endOfStep() {
      milliseconds.add(current);
      passes = currentPasses;
      operations = currentOperations;
      current = 0;
      currentPasses = 0;
      currentOperations = 0;
    }

    Spread spread() {
      return passes == 0 ? null : Spread.of(milliseconds, operations);
    }
  }

  /**
   * @param name of the first layer
   * @param flops of the plain sums, one layer, forward
   */
  LayerTimes(String name, LayerKey key, double flops) {
    this.name = name;
    this.key = key;
    this.flops = flops;
  }

  void add(Pass pass, double took, int sums) {
    OneWay way = pass == Pass.FORWARD ? forward : backward;
    way.current += took;
    way.currentPasses++;
    way.currentOperations += sums * flops;
  }

  void endOfStep() {
    forward.endOfStep();
    backward.endOfStep();
  }

  /** The row, its share that of a step of so many milliseconds. */
  OperationRow row(double step) {
    Spread f = forward.spread();
    Spread b = backward.spread();
    double both = (f == null ? 0 : f.median()) + (b == null ? 0 : b.median());
    return new OperationRow(
        name,
        Math.max(forward.passes, backward.passes),
        key.kind(),
        key.from(),
        key.to(),
        by(b != null),
        f,
        b,
        both / step);
  }

  private String by(boolean wayBack) {
    return !wayBack || key.forward().equals(key.backward())
        ? key.forward()
        : key.forward() + "; back " + key.backward();
  }
}
