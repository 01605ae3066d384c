package org.stylemining.config;

import java.io.Serializable;

/**
 * The block {@code sync.outer}: the outer optimizer, a step along the mean of what the workers
 * moved by in a round.
 *
 * @param optimizer its rule
 * @param learningRate factor on the step
 * @param momentum share of the step before that stays
 */
public record OuterConfig(
    OuterOptimizer optimizer,
    @Within("(0, inf)") double learningRate,
    @Within("[0, 1)") double momentum)
    implements Serializable {
  /** The mean is the next round's start. */
  public static final OuterConfig NONE = new OuterConfig(OuterOptimizer.NONE, 1, 0);
}
