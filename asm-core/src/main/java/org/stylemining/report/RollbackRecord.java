package org.stylemining.report;

/**
 * A run that diverged went back to a checkpoint.
 *
 * @param round of the checkpoint; 0: the run's start
 * @param diverged the round that diverged
 * @param reason how that was noticed
 * @param passedOver samples of the training order that the run has passed over so far
 * @param rollbacks how often the run went back so far
 */
public record RollbackRecord(int round, int diverged, String reason, long passedOver, int rollbacks)
    implements MetricsRecord {}
