package org.stylemining.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.stylemining.comparison.Cell;
import org.stylemining.comparison.Comparison;
import org.stylemining.comparison.ComparisonMarkdown;
import org.stylemining.comparison.ComparisonPlan;
import org.stylemining.comparison.Difference;
import org.stylemining.comparison.Interval;
import org.stylemining.comparison.MethodSummary;

/** {@code compare.html}: a comparison of methods as one page that needs nothing else. */
public final class ComparisonPage {
  private ComparisonPage() {}

  /** The whole page. */
  public static String of(Comparison comparison) {
    String body =
        header(comparison)
            + "<main>\n"
            + scores(comparison)
            + differences(comparison)
            + classes(comparison)
            + cost(comparison)
            + failures(comparison.failed())
            + origin(comparison)
            + "</main>\n";
    return PageFrame.of(comparison.plan().experiment(), "", body, "");
  }

  private static String header(Comparison comparison) {
    ComparisonPlan plan = comparison.plan();
    StringBuilder tiles = new StringBuilder();
    comparison.methods().stream()
        .filter(method -> Double.isFinite(method.mean()))
        .max((a, b) -> Double.compare(a.mean(), b.mean()))
        .ifPresent(
            best ->
                tiles.append(
                    Html.tile(
                        "Highest " + plan.measure().label(),
                        Html.percent(best.mean()) + "<small>%</small>",
                        Html.escape(best.method()),
                        true)));
    tiles.append(
        Html.tile(
            "Methods",
            Html.count(plan.methods().size()),
            "against " + Html.escape(plan.baseline()),
            false));
    tiles.append(Html.tile("Seeds", Html.count(plan.seeds().size()), seeds(plan), false));
    tiles.append(Html.tile("Scored images", Html.count(comparison.images()), "", false));
    int cells = plan.cells().size();
    tiles.append(
        Html.tile(
            "Cells",
            Html.count(comparison.cells().size()),
            comparison.cells().size() == cells
                ? "all done"
                : "of %d; %d failed".formatted(cells, comparison.failed().size()),
            false));
    return """
    <header>
    <p class="kind">Adversarial Style Mining · comparison of methods</p>
    <h1>%s</h1>
    <p class="subtitle">%s</p>
    <ul class="tiles">
    %s</ul>
    </header>
    """
        .formatted(Html.escape(plan.experiment()), Html.escape(plan.budget()), tiles);
  }

  private static String seeds(ComparisonPlan plan) {
    return plan.seeds().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String scores(Comparison comparison) {
    if (comparison.cells().isEmpty()) {
      return "";
    }
    ScoreAxis axis = ScoreAxis.of(comparison);
    double base = comparison.method(comparison.plan().baseline()).mean();
    StringBuilder rows = new StringBuilder();
    for (MethodSummary method : comparison.methods()) {
      rows.append(
          "<tr><th scope=\"row\">%s</th><td class=\"track\">%s%s</td><td>%s <small>± %s</small></td></tr>\n"
              .formatted(
                  Html.escape(method.method()),
                  axis.grid(base),
                  spread(method, axis),
                  Html.percent(method.mean()),
                  Html.percent(method.deviation())));
    }
    return Html.section(
        "scores",
        comparison.plan().measure().label() + ", %",
        """
        <table class="spread">
        <tbody>
        %s<tr><th></th><td class="track axis">%s</td><td></td></tr>
        </tbody>
        </table>
        <p class="note">Circles are seeds, the line is their mean, ± their standard deviation; the bar is the 95%% interval of the mean. Dashed: the mean of %s.</p>
        %s"""
            .formatted(
                rows, axis.labels(), Html.escape(comparison.plan().baseline()), gains(comparison)));
  }

  private static String spread(MethodSummary method, ScoreAxis axis) {
    StringBuilder marks = new StringBuilder();
    Interval interval = method.interval();
    if (Double.isFinite(interval.lower())) {
      marks.append(
          String.format(
              Locale.ROOT,
              "<i class=\"range\" style=\"left:%.2f%%;width:%.2f%%\"></i>",
              axis.place(interval.lower()),
              axis.place(interval.upper()) - axis.place(interval.lower())));
    }
    if (Double.isFinite(method.mean())) {
      marks.append(axis.mark("mean", "", method.mean()));
    }
    method
        .scores()
        .forEach(
            (seed, score) ->
                marks.append(
                    axis.mark("dot", "seed %d: %s".formatted(seed, Html.percent(score)), score)));
    return marks.toString();
  }

  private static String gains(Comparison comparison) {
    ComparisonPlan plan = comparison.plan();
    StringBuilder rows = new StringBuilder();
    for (MethodSummary method : comparison.methods()) {
      rows.append("<tr><th scope=\"row\">%s</th>".formatted(Html.escape(method.method())));
      for (long seed : plan.seeds()) {
        rows.append(cell(Html.percent(method.scores().getOrDefault(seed, Double.NaN))));
      }
      rows.append(cell(Html.percent(method.mean())));
      rows.append(cell(Html.percent(method.deviation())));
      rows.append(
          comparison.gain(method.method()).map(ComparisonPage::difference).orElse(cell("–")));
      rows.append(cell(comparison.gain(method.method()).map(gain -> p(gain.p())).orElse("–")));
      rows.append("</tr>\n");
    }
    String heads =
        plan.seeds().stream().map(seed -> head("Seed " + seed)).collect(Collectors.joining())
            + head("Mean")
            + head("±")
            + head("Gain over " + Html.escape(plan.baseline()))
            + head("p, paired t-test");
    return values(heads, rows.toString(), "");
  }

  private static String differences(Comparison comparison) {
    List<String> names = new ArrayList<>(comparison.plan().methods().keySet());
    if (names.size() < 2 || comparison.cells().isEmpty()) {
      return "";
    }
    String heads =
        names.stream().map(name -> head("− " + Html.escape(name))).collect(Collectors.joining());
    StringBuilder rows = new StringBuilder();
    for (String method : names) {
      rows.append("<tr><th scope=\"row\">%s</th>".formatted(Html.escape(method)));
      for (String other : names) {
        rows.append(
            method.equals(other) ? cell("") : difference(comparison.difference(method, other)));
      }
      rows.append("</tr>\n");
    }
    return Html.section(
        "differences",
        "Differences in " + comparison.plan().measure().label() + ", points",
        values(heads, rows.toString(), "")
            + "<p class=\"note\">Row minus column, with the 95%% interval; bold where it leaves out 0. %s</p>\n"
                .formatted(Html.escape(ComparisonMarkdown.note(comparison.plan()).strip())));
  }

  private static String difference(Difference difference) {
    if (!Double.isFinite(difference.mean())) {
      return cell("–");
    }
    Interval interval = difference.interval();
    String sure = !interval.excludesZero() ? "" : difference.mean() > 0 ? "sure more" : "sure less";
    return "<td class=\"%s\" title=\"p = %s over %d seeds\">%s<small>%s … %s</small></td>"
        .formatted(
            sure,
            p(difference.p()),
            difference.seeds(),
            points(difference.mean()),
            points(interval.lower()),
            points(interval.upper()));
  }

  private static String classes(Comparison comparison) {
    if (comparison.cells().isEmpty()) {
      return "";
    }
    List<MethodSummary> methods = comparison.methods();
    StringBuilder rows = new StringBuilder();
    for (String label : methods.get(0).classes().keySet()) {
      double best =
          methods.stream()
              .map(method -> method.classes().get(label))
              .filter(iou -> iou != null)
              .mapToDouble(Double::doubleValue)
              .max()
              .orElse(Double.NaN);
      rows.append("<tr><th scope=\"row\">%s</th>".formatted(Html.escape(label)));
      for (MethodSummary method : methods) {
        Double iou = method.classes().get(label);
        rows.append(
            iou == null
                ? cell("–")
                : "<td%s>%s</td>"
                    .formatted(
                        iou == best && best > 0 ? " class=\"best\"" : "", Html.percent(iou)));
      }
      rows.append("</tr>\n");
    }
    String heads =
        methods.stream()
            .map(method -> head(Html.escape(method.method())))
            .collect(Collectors.joining());
    String foot =
        "<tr><th scope=\"row\">"
            + comparison.plan().measure().label()
            + "</th>"
            + methods.stream()
                .map(method -> cell(Html.percent(method.mean())))
                .collect(Collectors.joining())
            + "</tr>\n";
    return Html.section(
        "classes",
        comparison.plan().measure().classLabel() + " by class, %, mean over seeds",
        values(heads, rows.toString(), foot));
  }

  private static String cost(Comparison comparison) {
    StringBuilder rows = new StringBuilder();
    for (MethodSummary method : comparison.methods()) {
      if (!method.scores().isEmpty()) {
        rows.append(
            "<tr><th scope=\"row\">%s</th>%s%s%s%s</tr>\n"
                .formatted(
                    Html.escape(method.method()),
                    cell(Html.count(method.updates())),
                    cell(Html.count(method.sourceImages())),
                    cell(seconds(method.trainSeconds())),
                    cell(seconds(method.evaluateSeconds()))));
      }
    }
    return rows.length() == 0
        ? ""
        : Html.section(
            "cost",
            "Cost of a cell",
            values(
                head("Updates of each worker")
                    + head("Source images")
                    + head("Training")
                    + head("Evaluation"),
                rows.toString(),
                ""));
  }

  private static String failures(Map<Cell, String> failed) {
    StringBuilder rows = new StringBuilder();
    failed.forEach(
        (cell, reason) ->
            rows.append(
                "<tr><td>%s</td><td>%s</td></tr>\n"
                    .formatted(Html.escape(cell.toString()), Html.escape(reason))));
    return rows.length() == 0
        ? ""
        : Html.section(
            "failures",
            "Failed cells",
            """
            <table class="listing">
            <thead><tr><th scope="col">Cell</th><th scope="col">Reason</th></tr></thead>
            <tbody>
            %s</tbody>
            </table>
            """
                .formatted(rows));
  }

  private static String origin(Comparison comparison) {
    StringBuilder facts = new StringBuilder("<dl>\n");
    facts.append(
        "<dt>Command</dt><dd>%s</dd>\n".formatted(Html.escape(comparison.plan().command())));
    comparison
        .plan()
        .methods()
        .forEach(
            (name, settings) ->
                facts.append(
                    "<dt>%s</dt><dd>%s</dd>\n"
                        .formatted(
                            Html.escape(name),
                            settings.isEmpty() ? "as configured" : Html.escape(settings))));
    return Html.section("settings", "Settings", facts.append("</dl>\n").toString());
  }

  private static String values(String heads, String rows, String foot) {
    return """
    <div class="scroll"><table class="values">
    <thead><tr><th scope="col"></th>%s</tr></thead>
    <tbody>
    %s</tbody>
    %s</table></div>
    """
        .formatted(heads, rows, foot.isEmpty() ? "" : "<tfoot>" + foot + "</tfoot>\n");
  }

  private static String head(String html) {
    return "<th scope=\"col\">" + html + "</th>";
  }

  private static String cell(String html) {
    return "<td>" + html + "</td>";
  }

  private static String seconds(double seconds) {
    return Double.isFinite(seconds) ? Html.count(Math.round(seconds)) + " s" : "–";
  }

  private static String points(double fraction) {
    return Double.isFinite(fraction)
        ? (fraction < 0 ? "−" : "+") + Html.percent(Math.abs(fraction))
        : "–";
  }

  private static String p(double p) {
    return !Double.isFinite(p)
        ? "–"
        : p < 0.001 ? "&lt; 0.001" : String.format(Locale.ROOT, "%.3f", p);
  }
}
