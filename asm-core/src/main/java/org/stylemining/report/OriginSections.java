package org.stylemining.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.stylemining.provenance.Cluster;
import org.stylemining.provenance.DataFingerprint;
import org.stylemining.provenance.Provenance;
import org.stylemining.provenance.WeightsFingerprint;

/** The parts of the page that say what made the run: provenance and configuration. */
final class OriginSections {
  private OriginSections() {}

  static String provenance(Provenance run) {
    StringBuilder facts = new StringBuilder("<dl>\n");
    fact(facts, "Command", run.command());
    fact(facts, "Program", run.version() + ", commit " + run.commit());
    fact(facts, "Seed", Long.toString(run.seed()));
    fact(facts, "Started", run.started());
    fact(facts, "Resumed", String.join(", ", run.resumed()));
    fact(facts, "Ended", run.ended());
    Cluster cluster = run.cluster();
    if (cluster != null) {
      fact(
          facts,
          "Spark",
          "%s on %s, %d workers"
                  .formatted(cluster.applicationId(), cluster.master(), cluster.workers())
              + (cluster.executors() > 0 ? ", " + cluster.executors() + " executors" : ""));
    }
    fact(facts, "Java", run.java());
    fact(facts, "Tensors", run.backend());
    for (WeightsFingerprint file : run.weights()) {
      fact(
          facts,
          "Weights",
          "%s in %s, SHA-256 %.12s".formatted(file.name(), file.file(), file.sha256()));
    }
    facts.append("</dl>\n");
    return Html.section("provenance", "Provenance", facts + data(run.data()));
  }

  private static void fact(StringBuilder facts, String name, String value) {
    if (value != null && !value.isEmpty()) {
      facts.append("<dt>%s</dt><dd>%s</dd>\n".formatted(name, Html.escape(value)));
    }
  }

  private static String data(List<DataFingerprint> sets) {
    if (sets.isEmpty()) {
      return "";
    }
    List<String> rows = new ArrayList<>();
    for (DataFingerprint set : sets) {
      rows.add(
          "<tr><td>%s</td><td class=\"path\">%s</td><td>%s</td><td>%s</td><td class=\"hash\" title=\"%s\">%s</td></tr>\n"
              .formatted(
                  Html.escape(set.name()),
                  Html.escape(set.root()),
                  Html.count(set.files()),
                  bytes(set.bytes()),
                  Html.escape(set.listing()),
                  Html.escape(set.listing().substring(0, Math.min(12, set.listing().length())))));
    }
    return """
    <table class="listing">
    <thead><tr><th scope="col">Data</th><th scope="col">Folder</th><th scope="col">Files</th><th scope="col">Size</th>\
    <th scope="col">Listing, SHA-256</th></tr></thead>
    <tbody>
    %s</tbody>
    </table>
    """
        .formatted(String.join("", rows));
  }

  private static String bytes(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(
        Locale.ROOT, unit == 0 || value >= 99.5 ? "%.0f %s" : "%.1f %s", value, units[unit]);
  }

  static String configuration(String text) {
    return text.isBlank()
        ? ""
        : Html.section(
            "configuration",
            "Configuration",
            "<details><summary>Every key with its value</summary>\n<pre>%s</pre>\n</details>\n"
                .formatted(Html.escape(text.strip())));
  }
}
