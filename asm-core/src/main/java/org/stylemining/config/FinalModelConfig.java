package org.stylemining.config;

import java.io.Serializable;

/**
 * The block {@code sync.final-model}: what a run leaves.
 *
 * @param rule which parameters
 * @param share of {@code mean}: the share of the rounds, the last ones, that the mean covers
 */
public record FinalModelConfig(FinalModel rule, @Within("(0, 1]") double share)
    implements Serializable {
  /** The parameters after the last round. */
  public static final FinalModelConfig LAST = new FinalModelConfig(FinalModel.LAST, 0.25);
}
