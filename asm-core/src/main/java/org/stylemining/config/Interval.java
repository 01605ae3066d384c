package org.stylemining.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An interval of numbers, open or closed at either end. */
record Interval(double low, boolean lowIncluded, double high, boolean highIncluded) {
  static final Interval ALL =
      new Interval(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);

  private static final Pattern NOTATION =
      Pattern.compile("([\\[(])(-inf|[-\\d.]+), (inf|[-\\d.]+)([\\])])");

  static Interval of(Within within) {
    Matcher parts = NOTATION.matcher(within.value());
    if (!parts.matches()) {
      throw new IllegalArgumentException("Expected an interval such as (0, 1], found " + within);
    }
    return new Interval(
        bound(parts.group(2)),
        parts.group(1).equals("["),
        bound(parts.group(3)),
        parts.group(4).equals("]"));
  }

  private static double bound(String text) {
    return switch (text) {
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "inf" -> Double.POSITIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** True for finite numbers in the interval. */
  boolean contains(double number) {
    return Double.isFinite(number)
        && (lowIncluded ? number >= low : number > low)
        && (highIncluded ? number <= high : number < high);
  }

  boolean isBounded() {
    return Double.isFinite(high);
  }

  /** Such as {@code " greater than 0 and at most 1"}; empty where every number is allowed. */
  String describe() {
    String from =
        low == Double.NEGATIVE_INFINITY
            ? ""
            : (lowIncluded ? "at least " : "greater than ") + text(low);
    String to =
        high == Double.POSITIVE_INFINITY
            ? ""
            : (highIncluded ? "at most " : "less than ") + text(high);
    if (from.isEmpty() && to.isEmpty()) {
      return "";
    }
    return " " + (from.isEmpty() || to.isEmpty() ? from + to : from + " and " + to);
  }

  private static String text(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }
}
