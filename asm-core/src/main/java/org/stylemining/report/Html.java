package org.stylemining.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Text for the page: escaped, and numbers as a person reads them. */
final class Html {
  private Html() {}

  /** Text as it may stand between tags and in quoted attributes. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  /** JSON as it may stand in a script element, which only this character could end early. */
  static String inScript(String json) {
    return json.replace("<", "\\u003c");
  }

  /**
   * One of a page's first numbers.
   *
   * @param value as HTML
   * @param first whether it is the one that is asked for first
   */
  static String tile(String label, String value, String remark, boolean first) {
    return "<li%s><span class=\"label\">%s</span><span class=\"value\">%s</span><span class=\"remark\">%s</span></li>\n"
        .formatted(first ? " class=\"first\"" : "", label, value, remark);
  }

  /** A part of the page with its heading; nothing where there is no body. */
  static String section(String id, String heading, String body) {
    return body.isEmpty()
        ? ""
        : "<section id=\"%s\">\n<h2>%s</h2>\n%s</section>\n".formatted(id, escape(heading), body);
  }

  /** {@code 44.5} for a fraction 0.445; a dash where there is none. */
  static String percent(double fraction) {
    return Double.isFinite(fraction) ? String.format(Locale.ROOT, "%.1f", 100 * fraction) : "–";
  }

  /** A number with three significant digits or so; a dash where there is none. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    double size = Math.abs(value);
    String form =
        size == 0 || size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.2g";
    return String.format(Locale.ROOT, form, value);
  }

  /** A change, with its sign. */
  static String change(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    return (value < 0 ? "−" : "+") + String.format(Locale.ROOT, "%.3f", Math.abs(value));
  }

  /** A count with its thousands apart. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', '\u202f');
  }

  /** A text file of the program. */
  static String resource(String path) {
    try (InputStream in = Html.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its resource " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the resource " + path, e);
    }
  }
}
