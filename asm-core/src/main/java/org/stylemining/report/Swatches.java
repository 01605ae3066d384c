package org.stylemining.report;

import java.util.Locale;
import org.stylemining.dataset.LabelSpace;

/** The classes' colours, as small squares beside their names. */
record Swatches(LabelSpace space) {

  /** That of a class; nothing where there is no such class. */
  String of(String name) {
    int id = space.classes().indexOf(name);
    return id < 0 ? "" : of(id);
  }

  String of(int trainId) {
    return String.format(
        Locale.ROOT, "<b class=\"swatch\" style=\"background:#%06x\"></b>", space.colour(trainId));
  }

  /** All classes with their colours. */
  String legend() {
    StringBuilder legend = new StringBuilder("<ul class=\"legend\">\n");
    for (String name : space.classes()) {
      legend.append("<li>%s%s</li>\n".formatted(of(name), Html.escape(name)));
    }
    return legend
        .append("<li><b class=\"swatch\" style=\"background:#000\"></b>not scored</li>\n</ul>\n")
        .toString();
  }
}
