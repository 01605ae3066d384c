package org.stylemining.nn;

import java.util.function.Supplier;

/**
 * Stands around each pass of the layers of a network, for benchmarks. A layer's pass may contain
 * those of the layers that it is made of.
 */
@FunctionalInterface
public interface LayerProbe {
  /** Lets layers work and looks at nothing. */
  LayerProbe NONE = (layer, pass, input, run) -> run.get();

  /** Which way a layer works. */
  enum Pass {
    FORWARD,
    BACKWARD
  }

  /**
   * Runs a pass and returns its result.
   *
   * @param input x of a forward pass, dy of a backward one, which the pass takes over
   * @param run the pass; gives y, or dx, null where that is not wanted
   */
  FeatureMap pass(Layer layer, Pass pass, FeatureMap input, Supplier<FeatureMap> run);
}
