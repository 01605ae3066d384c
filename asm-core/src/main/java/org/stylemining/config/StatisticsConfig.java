package org.stylemining.config;

import java.io.Serializable;

/**
 * The block {@code sync.statistics}: batch-norm statistics of the averaged network, estimated anew
 * on source batches.
 *
 * @param batches that they are the mean over; 0: they are averaged with the parameters and stay so
 * @param at when
 */
public record StatisticsConfig(@Within("[0, inf)") int batches, StatisticsMoment at)
    implements Serializable {
  /** Averaged with the parameters. */
  public static final StatisticsConfig NONE = new StatisticsConfig(0, StatisticsMoment.END);
}
