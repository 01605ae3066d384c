package org.stylemining.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table in a cell's output. Numbers stand to the right, with as many digits as they are given.
 */
public final class Table {
  private final List<String> headings;
  private final List<List<Object>> rows = new ArrayList<>();

  private Table(List<String> headings) {
    this.headings = headings;
  }

  /** A table without rows. */
  public static Table of(String... headings) {
    return new Table(List.of(headings));
  }

  /**
   * Adds a row.
   *
   * @param values as many as there are headings: words and numbers; null for none
   */
  public Table row(Object... values) {
    if (values.length != headings.size()) {
      throw new IllegalArgumentException(
          "expected a value for each of " + headings + ", found " + values.length);
    }
    List<Object> row = new ArrayList<>();
    for (Object value : values) {
      row.add(value == null ? "" : value);
    }
    rows.add(row);
    return this;
  }

  /** A fraction as a percentage: {@code 41.3}; – where it is not a number. */
  public static Object percent(double fraction) {
    return Double.isNaN(fraction)
        ? "–"
        : new Text(String.format(Locale.ROOT, "%.1f", 100 * fraction));
  }

  /** A number with so many decimals; – where it is not a number. */
  public static Object decimals(double value, int decimals) {
    return Double.isNaN(value)
        ? "–"
        : new Text(String.format(Locale.ROOT, "%." + decimals + "f", value));
  }

  /** As HTML. */
  public String html() {
    StringBuilder html = new StringBuilder("<table>\n<tr>");
    headings.forEach(heading -> html.append("<th>").append(escaped(heading)).append("</th>"));
    html.append("</tr>\n");
    for (List<Object> row : rows) {
      html.append("<tr>");
      for (Object value : row) {
        boolean number = value instanceof Number || value instanceof Text;
        html.append("<td style=\"text-align:")
            .append(number ? "right" : "left")
            .append("\">")
            .append(escaped(value.toString()))
            .append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</table>").toString();
  }

  /** Tab-separated lines. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(String.join("\t", headings));
    for (List<Object> row : rows) {
      text.append('\n').append(String.join("\t", row.stream().map(Object::toString).toList()));
    }
    return text.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** A number that is written already. */
  private record Text(String digits) {
    @Override
    public String toString() {
      return digits;
    }
  }
}
