package org.stylemining.score;

import java.util.Locale;
import java.util.Map;

/** Scores in lines for the terminal: one for each class, then the means. */
final class ScoreTable {
  private final StringBuilder text = new StringBuilder();
  private final int width;

  /**
   * @param classes scores by class; null for an absent one
   * @param heading of the column
   * @param widest name of a mean
   */
  ScoreTable(Map<String, Double> classes, String heading, String widest) {
    int longest = widest.length();
    for (String name : classes.keySet()) {
      longest = Math.max(longest, name.length());
    }
    width = longest;
    row("class", heading, "");
    line();
    classes.forEach((name, score) -> row(name, score == null ? "absent" : percent(score), ""));
    line();
  }

  /** A mean, with a remark behind it. */
  ScoreTable mean(String name, double score, String remark) {
    row(name, percent(score), remark);
    return this;
  }

  private void row(String name, String value, String remark) {
    text.append(String.format(Locale.ROOT, "%-" + width + "s  %7s%s\n", name, value, remark));
  }

  private void line() {
    text.append("-".repeat(width + 9)).append('\n');
  }

  private static String percent(double fraction) {
    return Double.isNaN(fraction) ? "-" : String.format(Locale.ROOT, "%.1f", 100 * fraction);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
