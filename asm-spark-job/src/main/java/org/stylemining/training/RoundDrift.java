package org.stylemining.training;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far the workers of a round came apart, over the values of theta that gradients move.
 *
 * @param movement ||mean - start||, by what the mean of the workers moved in the round
 * @param distances ||theta_w - mean|| of every worker w that counts
 */
public record RoundDrift(double movement, SortedMap<Integer, Double> distances) {
  public RoundDrift {
    distances = Collections.unmodifiableSortedMap(new TreeMap<>(distances));
  }

  /** Of sums of squares. */
  static RoundDrift ofSquares(double movement, Map<Integer, Double> distances) {
    SortedMap<Integer, Double> roots = new TreeMap<>();
    distances.forEach((worker, square) -> roots.put(worker, Math.sqrt(square)));
    return new RoundDrift(Math.sqrt(movement), roots);
  }
}
