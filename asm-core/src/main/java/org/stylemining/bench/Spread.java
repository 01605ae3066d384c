package org.stylemining.bench;

import java.util.List;

/**
 * What repeats took.
 *
 * @param minimum in milliseconds
 * @param median in milliseconds
 * @param gflops 10^9 floating point operations of the plain sums per second of the minimum; 0 where
 *     there are none
 */
public record Spread(double minimum, double median, double gflops) {
  static Spread of(List<Double> milliseconds, double operations) {
    List<Double> sorted = milliseconds.stream().sorted().toList();
    int n = sorted.size();
    double median = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    return new Spread(sorted.get(0), median, operations / sorted.get(0) / 1e6);
  }
}
