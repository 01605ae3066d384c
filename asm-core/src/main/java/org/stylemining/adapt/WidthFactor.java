package org.stylemining.adapt;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * The factor on a network's channel counts, told from the counts themselves: those of width w are
 * max(1, round(w * full)).
 */
final class WidthFactor {
  private static final int MOST_DIGITS = 6;

  private WidthFactor() {}

  /**
   * The simplest width, at most 1, that gives these channel counts.
   *
   * @param found channel counts by those of the full network
   * @return empty where no width does
   */
  static OptionalDouble of(Map<Integer, Long> found) {
    int widest = found.keySet().stream().mapToInt(Integer::intValue).max().orElseThrow();
    double exact = (double) found.get(widest) / widest;
    if (fits(exact, found)) {
      return OptionalDouble.of(exact);
    }
    // Rounding leaves an interval; its shortest decimal is what a person would have written.
    double low = (found.get(widest) - 0.5) / widest;
    double high = (found.get(widest) + 0.5) / widest;
    double scale = 1;
    for (int digits = 1; digits <= MOST_DIGITS; digits++) {
      scale *= 10;
      for (long n = (long) Math.ceil(low * scale); n <= high * scale; n++) {
        if (fits(n / scale, found)) {
          return OptionalDouble.of(n / scale);
        }
      }
    }
    return OptionalDouble.empty();
  }

  private static boolean fits(double width, Map<Integer, Long> found) {
    return width > 0
        && width <= 1
        && found.entrySet().stream().allMatch(e -> channels(e.getKey(), width) == e.getValue());
  }

  /** Channels at a width. */
  static long channels(int full, double width) {
    return Math.max(1, Math.round(full * width));
  }
}
