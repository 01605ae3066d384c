package org.stylemining.config;

import java.io.Serializable;

/**
 * The block {@code sync}: what a sync round does where a worker is late, fails or diverges.
 *
 * @param deadline seconds that a round may take; 0: {@code deadlineFactor} decides
 * @param deadlineFactor multiple of the median of the rounds before; 0: no deadline
 * @param quorum share of the workers that have to finish
 * @param explosion multiple of the losses before that counts as divergence; 0: none does
 * @param rollbacks how often a run goes back to its newest checkpoint in its life
 */
public record SyncConfig(
    @Within("[0, inf)") double deadline,
    @Within("[0, inf)") double deadlineFactor,
    @Within("(0, 1]") double quorum,
    @Within("[0, inf)") double explosion,
    @Within("[0, inf)") int rollbacks)
    implements Serializable {}
