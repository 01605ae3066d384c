package org.stylemining.adapt;

import java.io.Serializable;
import org.stylemining.config.TrainingConfig;

/**
 * Learning rate by update: a linear warm-up, times base * (1 - update / updates)^power.
 *
 * @param base learning rate
 * @param power of the decay; 0: constant
 * @param warmUp updates of the warm-up
 * @param updates all updates
 */
public record Schedule(double base, double power, long warmUp, long updates)
    implements Serializable {

  static Schedule of(TrainingConfig training) {
    return new Schedule(
        training.learningRate(), training.power(), training.warmUp(), training.updates());
  }

  /** The rate of the update that {@code update} others precede. */
  public double rate(long update) {
    double warm = warmUp == 0 ? 1 : Math.min(1, (update + 1.0) / warmUp);
    return base * warm * Math.pow(Math.max(0, 1 - (double) update / updates), power);
  }
}
