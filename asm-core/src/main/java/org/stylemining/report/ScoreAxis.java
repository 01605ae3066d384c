package org.stylemining.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.stylemining.comparison.Comparison;
import org.stylemining.comparison.MethodSummary;

/**
 * The scale of a comparison's scores, from left to right.
 *
 * @param from fraction at the left end
 * @param to fraction at the right end
 * @param step between two lines
 */
record ScoreAxis(double from, double to, double step) {
  private static final int MOST_LINES = 6;
  private static final double[] STEPS = {0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2};

  static ScoreAxis of(Comparison comparison) {
    double least = 1;
    double most = 0;
    for (MethodSummary method : comparison.methods()) {
      for (double score : method.scores().values()) {
        least = Math.min(least, score);
        most = Math.max(most, score);
      }
      if (Double.isFinite(method.interval().lower())) {
        least = Math.min(least, method.interval().lower());
        most = Math.max(most, method.interval().upper());
      }
    }
    double step = STEPS[STEPS.length - 1];
    for (int i = STEPS.length - 1; i >= 0; i--) {
      if ((most - least) / STEPS[i] <= MOST_LINES) {
        step = STEPS[i];
      }
    }
    double from = Math.floor(least / step) * step;
    return new ScoreAxis(from, Math.max(from + step, Math.ceil(most / step) * step), step);
  }

  double place(double score) {
    return 100 * (score - from) / (to - from);
  }

  String mark(String kind, String title, double score) {
    return String.format(
        Locale.ROOT,
        "<i class=\"%s\" title=\"%s\" style=\"left:%.2f%%\"></i>",
        kind,
        title,
        place(score));
  }

  String grid(double base) {
    StringBuilder lines = new StringBuilder();
    for (double line : lines()) {
      lines.append(mark("grid", "", line));
    }
    if (Double.isFinite(base)) {
      lines.append(mark("grid base", "", base));
    }
    return lines.toString();
  }

  String labels() {
    StringBuilder labels = new StringBuilder();
    for (double line : lines()) {
      labels.append(
          String.format(
              Locale.ROOT,
              step < 0.01
                  ? "<span style=\"left:%.2f%%\">%.1f</span>"
                  : "<span style=\"left:%.2f%%\">%.0f</span>",
              place(line),
              100 * line));
    }
    return labels.toString();
  }

  private List<Double> lines() {
    List<Double> lines = new ArrayList<>();
    for (int i = 0; from + i * step <= to + step / 2; i++) {
      lines.add(from + i * step);
    }
    return lines;
  }
}
