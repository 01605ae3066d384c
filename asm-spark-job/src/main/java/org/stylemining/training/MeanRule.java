package org.stylemining.training;

import java.util.function.IntToDoubleFunction;
import org.stylemining.config.OuterConfig;
import org.stylemining.config.WorkerWeight;

/**
 * How the workers' results of a round become the next round's start.
 *
 * @param weight what a worker counts by in the mean
 * @param learned leading values of theta that gradients move: an outer optimizer moves these alone,
 *     since a step along running statistics may make a variance negative, and these alone tell how
 *     far workers came apart
 * @param outer what is done with the mean
 * @param rate learning rate at the beginning of a round, by round
 */
public record MeanRule(
    WorkerWeight weight, long learned, OuterConfig outer, IntToDoubleFunction rate) {
  /** The mean weighted by updates, and nothing else. */
  static MeanRule plain(long learned) {
    return new MeanRule(WorkerWeight.UPDATES, learned, OuterConfig.NONE, round -> Double.NaN);
  }
}
