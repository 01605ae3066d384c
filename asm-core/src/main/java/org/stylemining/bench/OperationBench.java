package org.stylemining.bench;

import java.util.List;
import java.util.function.IntConsumer;

/**
 * Times every layer of one mining step where it works: inside the step, at the network's own
 * shapes, with the memory of a step.
 */
public final class OperationBench {
  private static final int WARM_UP = 2;

  private OperationBench() {}

  /**
   * Runs steps.
   *
   * @param repeats steps that are timed, after two that are not
   * @param told the number of steps done, after each
   */
  public static OperationReport run(StepSize size, int repeats, IntConsumer told) {
    try (StepNetworks networks = new StepNetworks(size)) {
      // Layers choose their algorithms and the pool its arrays.
      for (int i = 0; i < WARM_UP; i++) {
        networks.step(new Stopwatch());
        told.accept(i + 1);
      }
      Stopwatch watch = new Stopwatch();
      for (int i = 0; i < repeats; i++) {
        watch.step(() -> networks.step(watch));
        told.accept(WARM_UP + i + 1);
      }
      Spread step = Spread.of(watch.steps(), 0);
      List<OperationRow> rows = watch.times().stream().map(t -> t.row(step.median())).toList();
      return new OperationReport(Machine.facts(), size, repeats, rows, step);
    }
  }

  /** Steps that {@link #run} makes in all. */
  public static int steps(int repeats) {
    return WARM_UP + repeats;
  }
}
