package org.stylemining.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A line chart, over the rounds or over something else, drawn by uPlot when the page is opened; its
 * numbers stand in the page as a table too.
 *
 * @param title what is seen
 * @param remark how it was computed; may be empty
 * @param yLabel the quantity, with its unit where it has one
 * @param xLabel what {@code x} counts
 * @param x ascending
 * @param lines one or more
 */
record Chart(
    String title, String remark, String yLabel, String xLabel, double[] x, List<Line> lines) {
  /** Points that a screen's width can show; longer series are averaged down to them. */
  static final int MOST_POINTS = 400;

  private static final int MOST_TABLE_ROWS = 25;
  // The version in these names is the one in the parent pom.
  private static final String LIBRARY = "/META-INF/resources/webjars/uplot/1.6.30/";

  /**
   * One line.
   *
   * @param label its name
   * @param values one for each x; NaN where there is none
   * @param colour its place 0..5 among the page's line colours
   * @param dashed for what others are measured against
   * @param joined whether the line goes on over values that are not there
   */
  record Line(String label, double[] values, int colour, boolean dashed, boolean joined) {
    Line(String label, double[] values, int colour, boolean dashed) {
      this(label, values, colour, dashed, true);
    }

    /** The same line, broken where values are not there. */
    Line inStrokes() {
      return new Line(label, values, colour, dashed, false);
    }

    private Line of(double[] others) {
      return new Line(label, others, colour, dashed, joined);
    }
  }

  /** Over the rounds. */
  Chart(String title, String remark, String yLabel, double[] rounds, List<Line> lines) {
    this(title, remark, yLabel, "sync round", rounds, lines);
  }

  /** Over some places of the rounds; empty where there are none. */
  static Optional<Chart> over(
      RoundCurves.Places places, String title, String remark, String yLabel, List<Line> lines) {
    return places.isEmpty()
        ? Optional.empty()
        : Optional.of(new Chart(title, remark, yLabel, places.rounds(), lines));
  }

  /** The library's style, for the page's head. */
  static String style() {
    return Html.resource(LIBRARY + "dist/uPlot.min.css");
  }

  /** The library, its licence and what draws the page's charts, for the page's end. */
  static String script() {
    return "/*\nuPlot\n%s*/\n%s\n%s"
        .formatted(
            Html.resource(LIBRARY + "LICENSE").replace("*/", "* /"),
            Html.resource(LIBRARY + "dist/uPlot.iife.min.js"),
            Html.resource("/org/stylemining/report/charts.js"));
  }

  String html() {
    return """
    <figure class="chart">
    <figcaption>%s%s</figcaption>
    <div class="plot" role="img" aria-label="%s"></div>
    <script type="application/json">%s</script>
    %s</figure>
    """
        .formatted(
            Html.escape(title),
            remark.isEmpty() ? "" : " <span>" + Html.escape(remark) + "</span>",
            Html.escape(title),
            Html.inScript(data().toString()),
            numbers());
  }

  /** Means over several values would not be those of strokes. */
  private String numbers() {
    return lines.stream().allMatch(Line::joined)
        ? "<details class=\"numbers\"><summary>Numbers</summary>%s</details>\n"
            .formatted(thinned(MOST_TABLE_ROWS).table())
        : "";
  }

  /** A centred mean over so many rounds, for series that scatter; NaN does not count. */
  static double[] smoothed(double[] values, int width) {
    double[] out = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      out[i] = mean(values, Math.max(0, i - width / 2), Math.min(values.length, i + width / 2 + 1));
    }
    return out;
  }

  private Chart thinned(int most) {
    if (x.length <= most) {
      return this;
    }
    List<Line> thin = new ArrayList<>();
    for (Line line : lines) {
      thin.add(line.of(thinned(line.values, most)));
    }
    return new Chart(title, remark, yLabel, xLabel, thinned(x, most), thin);
  }

  private static double[] thinned(double[] values, int most) {
    double[] out = new double[most];
    for (int i = 0; i < most; i++) {
      out[i] =
          mean(
              values,
              (int) ((long) i * values.length / most),
              (int) ((long) (i + 1) * values.length / most));
    }
    return out;
  }

  /** Mean of the values from one place to before another; NaN does not count. */
  static double mean(double[] values, int from, int to) {
    double sum = 0;
    int count = 0;
    for (int i = from; i < to; i++) {
      if (Double.isFinite(values[i])) {
        sum += values[i];
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /** What the page's script draws. */
  ObjectNode data() {
    Chart chart = thinned(MOST_POINTS);
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("xLabel", chart.xLabel);
    root.put("yLabel", chart.yLabel);
    numbers(root.putArray("x"), chart.x);
    ArrayNode lines = root.putArray("lines");
    for (Line line : chart.lines) {
      ObjectNode node = lines.addObject();
      node.put("label", line.label);
      node.put("colour", line.colour);
      node.put("dashed", line.dashed);
      if (!line.joined) {
        node.put("strokes", true);
      }
      numbers(node.putArray("values"), line.values);
    }
    return root;
  }

  private static void numbers(ArrayNode array, double[] values) {
    for (double value : values) {
      if (Double.isFinite(value)) {
        // Six digits are more than a screen shows.
        array.add(Double.parseDouble(String.format(Locale.ROOT, "%.6g", value)));
      } else {
        array.addNull();
      }
    }
  }

  private String table() {
    StringBuilder table =
        new StringBuilder("<table><thead><tr><th>" + Html.escape(xLabel) + "</th>");
    lines.forEach(line -> table.append("<th>").append(Html.escape(line.label)).append("</th>"));
    table.append("</tr></thead><tbody>\n");
    for (int i = 0; i < x.length; i++) {
      table.append("<tr><td>").append(Math.round(x[i])).append("</td>");
      for (Line line : lines) {
        table.append("<td>").append(Html.number(line.values[i])).append("</td>");
      }
      table.append("</tr>\n");
    }
    return table.append("</tbody></table>").toString();
  }
}
