package org.stylemining.config;

import java.io.Serializable;

/**
 * The block {@code sync.interval}: the lengths of the sync rounds.
 *
 * @param rule which decides
 * @param from of post-local: updates before which every source batch is a round
 * @param coefficient of quadratic: alpha, in the learning rate's unit times the root of updates
 * @param longest of quadratic: most updates of a round
 */
public record IntervalConfig(
    IntervalRule rule,
    @Within("[0, inf)") int from,
    @Within("[0, inf)") double coefficient,
    @Within("[0, inf)") int longest)
    implements Serializable {
  /** Always {@code cluster.sync-every}. */
  public static final IntervalConfig FIXED = new IntervalConfig(IntervalRule.FIXED, 0, 0, 0);
}
