package org.stylemining.config;

import java.io.Serializable;

/**
 * The block {@code sync}: how the workers' results of a round become the next round's start, and
 * what a round does where a worker is late, fails or diverges.
 *
 * @param deadline seconds that a round may take; 0: {@code deadlineFactor} decides
 * @param deadlineFactor multiple of the median of the rounds before; 0: no deadline
 * @param quorum share of the workers that have to finish
 * @param explosion multiple of the losses before that counts as divergence; 0: none does
 * @param rollbacks how often a run goes back to its newest checkpoint in its life
 * @param interval lengths of the rounds
 * @param optimizerState what becomes of the workers' optimizer states
 * @param weight what a worker counts by
 * @param outer what the driver does with the mean
 * @param statistics batch-norm statistics of the averaged network
 * @param finalModel which parameters the run leaves
 */
public record SyncConfig(
    @Within("[0, inf)") double deadline,
    @Within("[0, inf)") double deadlineFactor,
    @Within("(0, 1]") double quorum,
    @Within("[0, inf)") double explosion,
    @Within("[0, inf)") int rollbacks,
    IntervalConfig interval,
    StateRule optimizerState,
    WorkerWeight weight,
    OuterConfig outer,
    StatisticsConfig statistics,
    FinalModelConfig finalModel)
    implements Serializable {

  /** Plain averaging, weighted by updates, on these terms. */
  public SyncConfig(
      double deadline, double deadlineFactor, double quorum, double explosion, int rollbacks) {
    this(
        deadline,
        deadlineFactor,
        quorum,
        explosion,
        rollbacks,
        IntervalConfig.FIXED,
        StateRule.AVERAGE,
        WorkerWeight.UPDATES,
        OuterConfig.NONE,
        StatisticsConfig.NONE,
        FinalModelConfig.LAST);
  }

  /** The same terms with plain averaging. */
  public SyncConfig plain() {
    return new SyncConfig(deadline, deadlineFactor, quorum, explosion, rollbacks);
  }
}
