package org.stylemining.adapt;

import org.stylemining.nn.HostValues;
import org.stylemining.nn.Parameter.Role;
import org.stylemining.nn.ParameterStore;

/**
 * Reads what batch-norm layers see of a batch off their running statistics: those start at zero,
 * and are the layer's share of the batch's afterwards.
 */
final class StatisticsMeter {
  private final ParameterStore store;
  private final double share;
  private final int from;
  private final float[] values;
  private final double[] sums;
  private long passes;

  /**
   * @param share of a batch in the running statistics, greater than 0
   */
  StatisticsMeter(ParameterStore store, double share) {
    this.store = store;
    this.share = share;
    from = Math.toIntExact(store.end(Role.FROZEN));
    values = new float[Math.toIntExact(store.size() - from)];
    sums = new double[values.length];
  }

  /** To be called before a forward pass in training. */
  void before() {
    new HostValues(store.theta()).write(from, new float[values.length], 0, values.length);
  }

  /** To be called after it. */
  void after() {
    new HostValues(store.theta()).read(from, values, 0, values.length);
    for (int i = 0; i < values.length; i++) {
      sums[i] += values[i] / share;
    }
    passes++;
  }

  BatchStatistics sums() {
    return new BatchStatistics(sums.clone(), passes);
  }
}
