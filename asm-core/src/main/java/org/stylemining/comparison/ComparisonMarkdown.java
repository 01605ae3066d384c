package org.stylemining.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code compare.md}: the tables of a comparison, in percent, for a person. */
public final class ComparisonMarkdown {
  private ComparisonMarkdown() {}

  /** Tables as GitHub shows them. */
  public static String of(Comparison comparison) {
    ComparisonPlan plan = comparison.plan();
    StringBuilder text = new StringBuilder("# ").append(plan.experiment()).append("\n\n");
    text.append(
        "%d methods, seeds %s, %s. Scored on %d images by %s, in percent.%n%n"
            .formatted(
                plan.methods().size(),
                plan.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                plan.budget(),
                comparison.images(),
                plan.measure().label()));
    if (!comparison.failed().isEmpty() || comparison.missing() > 0) {
      text.append(
          "**Not complete:** %d of %d cells are done, %d failed.%n%n"
              .formatted(
                  comparison.cells().size(), plan.cells().size(), comparison.failed().size()));
    }
    text.append(scores(comparison)).append(differences(comparison)).append(classes(comparison));
    text.append(settings(comparison));
    comparison
        .failed()
        .forEach((cell, reason) -> text.append("- failed: %s: %s%n".formatted(cell, reason)));
    return text.toString().replace("\r\n", "\n");
  }

  /** The table of scores alone. */
  public static String scores(Comparison comparison) {
    List<String> heads =
        new ArrayList<>(
            List.of("method", comparison.plan().measure().label(), "± over seeds", "95% interval"));
    comparison.plan().seeds().forEach(seed -> heads.add("seed " + seed));
    heads.addAll(
        List.of(
            "gain over " + comparison.plan().baseline(),
            "p (t-test)",
            "updates",
            "source images",
            "training, s",
            "evaluation, s"));
    List<List<String>> rows = new ArrayList<>();
    for (MethodSummary method : comparison.methods()) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  method.method(),
                  percent(method.mean()),
                  percent(method.deviation()),
                  interval(method.interval())));
      for (long seed : comparison.plan().seeds()) {
        row.add(percent(method.scores().getOrDefault(seed, Double.NaN)));
      }
      row.add(comparison.gain(method.method()).map(gain -> signed(gain.mean())).orElse("–"));
      row.add(comparison.gain(method.method()).map(gain -> p(gain.p())).orElse("–"));
      row.add(Long.toString(method.updates()));
      row.add(Long.toString(method.sourceImages()));
      row.add(seconds(method.trainSeconds()));
      row.add(seconds(method.evaluateSeconds()));
      rows.add(row);
    }
    return table("Scores", heads, rows);
  }

  private static String differences(Comparison comparison) {
    List<List<String>> rows = new ArrayList<>();
    for (Difference d : comparison.differences()) {
      rows.add(
          List.of(
              d.method() + " − " + d.other(),
              signed(d.mean()),
              percent(d.deviation()),
              interval(d.interval()),
              p(d.p()),
              Integer.toString(d.seeds())));
    }
    return table(
            "Differences",
            List.of(
                "difference in " + comparison.plan().measure().label(),
                "mean",
                "± over seeds",
                "95% interval",
                "p (t-test)",
                "seeds"),
            rows)
        + note(comparison.plan());
  }

  /** What the numbers of a comparison say and do not say, in sentences. */
  public static String note(ComparisonPlan plan) {
    PairedBootstrap bootstrap = plan.bootstrap();
    return """
        The intervals are a paired bootstrap over images and seeds: in each of %d draws as many images%s and as many seeds are taken with replacement, \
        the same ones for all methods. With few seeds they are too narrow: three tell little of what a fourth would give. \
        The paired t-test over seeds takes that into account and has little power for it (with three seeds, a difference reaches p < 0.05 \
        only where it is 2.5 times its deviation). Of many pairs some will look different by chance in either.

        """
        .formatted(
            bootstrap.resamples(),
            bootstrap.block() == 1
                ? ""
                : " in blocks of %d neighbours".formatted(bootstrap.block()));
  }

  private static String classes(Comparison comparison) {
    List<String> heads = new ArrayList<>(List.of("class"));
    comparison.methods().forEach(method -> heads.add(method.method()));
    List<List<String>> rows = new ArrayList<>();
    for (String label : comparison.plan().scoredClasses()) {
      rows.add(
          row(
              label,
              comparison,
              method -> {
                Double iou = method.classes().get(label);
                return iou == null ? "–" : percent(iou);
              }));
    }
    rows.add(
        row(
            "**" + comparison.plan().measure().label() + "**",
            comparison,
            method -> "**" + percent(method.mean()) + "**"));
    return table(
        comparison.plan().measure().classLabel() + " by class, mean over seeds", heads, rows);
  }

  private static List<String> row(
      String head, Comparison comparison, Function<MethodSummary, String> value) {
    List<String> row = new ArrayList<>(List.of(head));
    comparison.methods().forEach(method -> row.add(value.apply(method)));
    return row;
  }

  private static String settings(Comparison comparison) {
    List<List<String>> rows = new ArrayList<>();
    for (MethodSummary method : comparison.methods()) {
      rows.add(
          List.of(
              method.method(), method.settings().isEmpty() ? "–" : "`" + method.settings() + "`"));
    }
    return table("Settings", List.of("method", "sets"), rows);
  }

  private static String table(String heading, List<String> heads, List<List<String>> rows) {
    StringBuilder table = new StringBuilder("## ").append(heading).append("\n\n");
    table.append("| ").append(String.join(" | ", heads)).append(" |\n|---|");
    table.append("--:|".repeat(heads.size() - 1)).append('\n');
    for (List<String> row : rows) {
      table.append("| ").append(String.join(" | ", row)).append(" |\n");
    }
    return table.append('\n').toString();
  }

  private static String percent(double fraction) {
    return format("%.1f", 100 * fraction);
  }

  private static String signed(double fraction) {
    return format("%+.1f", 100 * fraction).replace('-', '−');
  }

  private static String interval(Interval interval) {
    return Double.isFinite(interval.lower())
        ? "%s … %s"
            .formatted(
                percent(interval.lower()).replace('-', '−'),
                percent(interval.upper()).replace('-', '−'))
        : "–";
  }

  private static String p(double p) {
    return p < 0.001 ? "< 0.001" : format("%.3f", p);
  }

  private static String seconds(double seconds) {
    return format("%.0f", seconds);
  }

  private static String format(String form, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, form, value) : "–";
  }
}
