package org.stylemining.config;

import java.io.Serializable;
import java.util.List;

/**
 * The training of M: the block {@code training}.
 *
 * @param method adaptation or baseline
 * @param colourJitter see {@link Method#COLOUR_STATISTICS}: factors on the channel statistics are
 *     drawn from 1 - jitter to 1 + jitter
 * @param updates updates of M per worker
 * @param batch source images per worker and update
 * @param optimizer update rule
 * @param momentum of SGD
 * @param weightDecay L2 (SGD) or decoupled (AdamW)
 * @param learningRate of the backbone, after warm-up
 * @param classifierRate factor on it for the classifier and PAM
 * @param warmUp updates of linear warm-up
 * @param schedule how the rate falls
 * @param power of the poly schedule
 * @param steps of the step schedule, updates
 * @param stepFactor of the step schedule
 */
public record TrainingConfig(
    Method method,
    @Within("[0, 1)") double colourJitter,
    @Within("[1, inf)") int updates,
    @Within("[1, inf)") int batch,
    OptimizerKind optimizer,
    @Within("[0, 1)") double momentum,
    @Within("[0, inf)") double weightDecay,
    @Within("(0, inf)") double learningRate,
    @Within("[0, inf)") double classifierRate,
    @Within("[0, inf)") int warmUp,
    ScheduleKind schedule,
    @Within("[0, inf)") double power,
    @Within("[1, inf)") List<Integer> steps,
    @Within("(0, 1]") double stepFactor)
    implements Serializable {
  public TrainingConfig {
    steps = List.copyOf(steps);
  }
}
