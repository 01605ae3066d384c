package org.stylemining.report;

/**
 * How far one worker was from the workers' mean at the end of a sync round, before they were
 * averaged, over the parameters that gradients move. Written where more than one worker counts.
 *
 * @param round from 1
 * @param worker from 0
 * @param distance ||theta_w - mean||, L2
 * @param movement ||mean - start||: by what the round moved the mean
 * @param relative distance / movement; not a number where the mean did not move
 */
public record DriftRecord(int round, int worker, double distance, double movement, double relative)
    implements MetricsRecord {
  /** The line with what follows from the others. */
  public static DriftRecord of(int round, int worker, double distance, double movement) {
    return new DriftRecord(
        round, worker, distance, movement, movement > 0 ? distance / movement : Double.NaN);
  }
}
