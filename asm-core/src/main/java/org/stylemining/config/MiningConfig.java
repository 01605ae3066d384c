package org.stylemining.config;

import java.io.Serializable;

/**
 * Adversarial style mining: the block {@code mining}.
 *
 * @param sampling where the next eps comes from
 * @param depth mining steps per source batch
 * @param step how a step is measured
 * @param stepSize see {@link StepRule}
 * @param consistency weight lambda of Eq. 7
 * @param batch what M sees in one update
 */
public record MiningConfig(
    Sampling sampling,
    @Within("[1, inf)") int depth,
    StepRule step,
    @Within("[0, inf)") double stepSize,
    @Within("[0, inf)") double consistency,
    BatchRule batch)
    implements Serializable {}
