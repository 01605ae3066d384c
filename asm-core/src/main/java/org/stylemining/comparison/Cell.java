package org.stylemining.comparison;

/**
 * One training with its evaluation.
 *
 * @param method name of the method
 * @param seed of everything random in it
 */
public record Cell(String method, long seed) {

  /** {@code METHOD/seed-N}: its folder in the comparison's. */
  @Override
  public String toString() {
    return method + "/seed-" + seed;
  }
}
