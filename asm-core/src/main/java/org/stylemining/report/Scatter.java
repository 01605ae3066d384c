package org.stylemining.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * Points in a plane without units, drawn by uPlot when the page is opened; the one under the mouse
 * tells its name.
 *
 * @param title what is seen
 * @param remark how it was computed; may be empty
 * @param trails lines between points, beneath them; their name is empty where there are none
 * @param groups later ones are drawn over earlier ones
 */
record Scatter(String title, String remark, Trails trails, List<Group> groups) {
  /** Colour, in {@link Group}, of what has to stand out from all others. */
  static final int INK = -1;

  /** How a point looks. */
  enum Shape {
    DOT,
    RING,
    STAR
  }

  /**
   * Points of a kind.
   *
   * @param label its name
   * @param colour its place 0..5 among the page's line colours; or {@link #INK}
   */
  record Group(String label, int colour, Shape shape, List<Point> points) {}

  /**
   * One point.
   *
   * @param name told under the mouse
   * @param mark one or two letters drawn in the shape's stead; may be empty
   */
  record Point(String name, String mark, double x, double y) {}

  /**
   * Lines.
   *
   * @param label their name
   * @param lines of points, [n][2]
   */
  record Trails(String label, int colour, List<double[][]> lines) {
    static final Trails NONE = new Trails("", 0, List.of());
  }

  String html() {
    return """
    <figure class="chart scatter">
    <figcaption>%s%s</figcaption>
    <div class="plot" role="img" aria-label="%s"></div>
    <p class="pointed" aria-hidden="true"></p>
    <script type="application/json">%s</script>
    </figure>
    """
        .formatted(
            Html.escape(title),
            remark.isEmpty() ? "" : " <span>" + Html.escape(remark) + "</span>",
            Html.escape(title + ": " + said()),
            Html.inScript(json()));
  }

  /** For who cannot see it: how many points of which kind there are. */
  private String said() {
    return String.join(
        ", ", groups.stream().map(g -> g.points().size() + " × " + g.label()).toList());
  }

  private String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("scatter", true);
    ObjectNode under = root.putObject("trails");
    under.put("label", trails.label());
    under.put("colour", trails.colour());
    ArrayNode lines = under.putArray("lines");
    for (double[][] line : trails.lines()) {
      ArrayNode values = lines.addArray();
      for (double[] point : line) {
        values.add(rounded(point[0])).add(rounded(point[1]));
      }
    }
    ArrayNode all = root.putArray("groups");
    for (Group group : groups) {
      ObjectNode node = all.addObject();
      node.put("label", group.label());
      node.put("colour", group.colour());
      node.put("shape", group.shape().name().toLowerCase(Locale.ROOT));
      ArrayNode names = node.putArray("names");
      ArrayNode marks = node.putArray("marks");
      ArrayNode x = node.putArray("x");
      ArrayNode y = node.putArray("y");
      for (Point point : group.points()) {
        names.add(point.name());
        marks.add(point.mark());
        x.add(rounded(point.x()));
        y.add(rounded(point.y()));
      }
    }
    return root.toString();
  }

  /** A screen shows no more digits. */
  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.5g", value));
  }
}
