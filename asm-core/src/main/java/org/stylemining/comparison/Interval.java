package org.stylemining.comparison;

/**
 * A 95% interval; NaN where there is none.
 *
 * @param lower end
 * @param upper end
 */
public record Interval(double lower, double upper) {

  /** Whether 0 lies outside, so that a difference has a sign. */
  public boolean excludesZero() {
    return lower > 0 || upper < 0;
  }
}
