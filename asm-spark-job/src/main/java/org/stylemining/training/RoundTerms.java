package org.stylemining.training;

/**
 * How long a sync round is waited for, and for whom.
 *
 * @param seconds until the deadline; infinite: none
 * @param enough workers whose results make a round once the deadline has passed
 */
public record RoundTerms(double seconds, int enough) {
  /** All workers, as long as it takes. */
  public static RoundTerms patient(int workers) {
    return new RoundTerms(Double.POSITIVE_INFINITY, workers);
  }
}
