package org.stylemining.adapt;

import java.io.Serializable;
import java.util.List;
import org.stylemining.config.ScheduleKind;
import org.stylemining.config.TrainingConfig;

/**
 * Learning rate by update: base * a linear warm-up * a decay.
 *
 * @param base learning rate
 * @param warmUp updates of the warm-up
 * @param decay how the rate falls
 */
public record Schedule(double base, long warmUp, Decay decay) implements Serializable {
  /** A factor on the learning rate that falls with the updates. */
  public sealed interface Decay extends Serializable {
    /** The factor of the update that {@code update} others precede, 0..1. */
    double factor(long update);
  }

  /**
   * (1 - update / updates)^power.
   *
   * @param power 0: constant
   * @param updates all updates
   */
  public record Poly(double power, long updates) implements Decay {
    @Override
    public double factor(long update) {
      return Math.pow(Math.max(0, 1 - (double) update / updates), power);
    }
  }

  /**
   * A factor for each step that is behind.
   *
   * @param steps updates, ascending
   * @param factor of one step
   */
  public record Steps(List<Integer> steps, double factor) implements Decay {
    public Steps {
      steps = List.copyOf(steps);
    }

    @Override
    public double factor(long update) {
      return Math.pow(factor, steps.stream().filter(step -> step <= update).count());
    }
  }

  /** The poly schedule. */
  public Schedule(double base, double power, long warmUp, long updates) {
    this(base, warmUp, new Poly(power, updates));
  }

  /** The schedule of the block {@code training}. */
  public static Schedule of(TrainingConfig training) {
    Decay decay =
        training.schedule() == ScheduleKind.STEP
            ? new Steps(training.steps(), training.stepFactor())
            : new Poly(training.power(), training.updates());
    return new Schedule(training.learningRate(), training.warmUp(), decay);
  }

  /** The rate of the update that {@code update} others precede. */
  public double rate(long update) {
    double warm = warmUp == 0 ? 1 : Math.min(1, (update + 1.0) / warmUp);
    return base * warm * decay.factor(update);
  }
}
