package org.stylemining.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.stylemining.config.Size;
import org.stylemining.inspection.CheckResult;
import org.stylemining.inspection.CheckedSet;
import org.stylemining.inspection.Examples;
import org.stylemining.inspection.Finding;
import org.stylemining.inspection.Panel;
import org.stylemining.inspection.SetTally;
import org.stylemining.inspection.Severity;

/**
 * The page that shows what a configuration's sets are like: one HTML file that needs nothing else,
 * neither network nor files beside it.
 */
public final class CheckPage {
  /** Sizes that get a bar of their own. */
  private static final int MOST_SIZES = 8;

  private final CheckResult result;
  private final Swatches swatches;

  private CheckPage(CheckResult result) {
    this.result = result;
    this.swatches = new Swatches(result.space());
  }

  /** The page's text. */
  public static String html(CheckResult result) {
    CheckPage page = new CheckPage(result);
    String body =
        page.header()
            + "<main>\n"
            + page.findings()
            + page.sets()
            + page.classes()
            + page.sizes()
            + page.samples()
            + "</main>\n";
    return PageFrame.of("Data sets of " + result.configuration(), "", body, "");
  }

  private String header() {
    StringBuilder tiles = new StringBuilder();
    long wrong = result.count(Severity.WRONG);
    long warnings = result.count(Severity.WARNING);
    tiles.append(Html.tile("To put right", Html.count(wrong), "", wrong > 0));
    tiles.append(Html.tile("Warnings", Html.count(warnings), "", false));
    tiles.append(Html.tile("Sets", Html.count(result.sets().size()), "", false));
    tiles.append(
        Html.tile(
            "Samples",
            Html.count(result.samples()),
            result.drawn() > 0
                ? "at most %s of a set".formatted(Html.count(result.drawn()))
                : "all",
            false));
    tiles.append(Html.tile("Anchors", Html.count(result.anchorCount()), "", false));
    return """
    <header>
    <p class="kind">Adversarial Style Mining · check of data sets</p>
    <h1>%s</h1>
    <p class="subtitle">%s</p>
    <ul class="tiles">
    %s</ul>
    </header>
    """
        .formatted(Html.escape(result.configuration()), Html.escape(result.verdict()), tiles);
  }

  private String findings() {
    StringBuilder body = new StringBuilder();
    for (Finding finding : result.findings()) {
      boolean wrong = finding.severity() == Severity.WRONG;
      body.append(
          "<li class=\"%s\"><p><b>%s</b> <span class=\"key\">%s</span> %s</p>\n"
              .formatted(
                  wrong ? "wrong" : "warning",
                  wrong ? "Wrong" : "Warning",
                  Html.escape(finding.set()),
                  Html.escape(finding.message())));
      body.append(examples(finding)).append("</li>\n");
    }
    if (body.isEmpty()) {
      return Html.section("findings", "Findings", "<p>None.</p>\n");
    }
    return Html.section("findings", "Findings", "<ul class=\"findings\">\n" + body + "</ul>\n");
  }

  private static String examples(Finding finding) {
    if (finding.examples().isEmpty()) {
      return "";
    }
    StringBuilder rows = new StringBuilder();
    for (Examples.Example example : finding.examples()) {
      rows.append(
          "<tr><td class=\"path\">%s</td><td>%s</td></tr>\n"
              .formatted(Html.escape(example.file()), Html.escape(example.detail())));
    }
    long more = finding.count() - finding.examples().size();
    return """
    <details%s><summary>%s</summary>
    <table class="listing"><tbody>
    %s</tbody></table>
    %s</details>
    """
        .formatted(
            finding.severity() == Severity.WRONG ? " open" : "",
            finding.examples().size() == 1 ? "File" : more > 0 ? "The first files" : "Files",
            rows,
            more > 0 ? "<p class=\"note\">and %s more</p>\n".formatted(Html.count(more)) : "");
  }

  private String sets() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < result.sets().size(); i++) {
      CheckedSet set = result.sets().get(i);
      SetTally tally = result.tallies().get(i);
      rows.append(
          "<tr><th scope=\"row\">%s</th><td>%s</td><td class=\"path\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td>%s</td><td>%s</td></tr>\n"
              .formatted(
                  Html.escape(set.key()),
                  Html.escape(set.type()),
                  Html.escape(set.root() + (set.split().isEmpty() ? "" : " · " + set.split())),
                  tally.samples() == set.listed()
                      ? Html.count(set.listed())
                      : Html.count(tally.samples()) + " of " + Html.count(set.listed()),
                  Html.count(tally.damaged()),
                  modes(tally.imageModes()),
                  set.labelled() ? modes(tally.labelModes()) : "–"));
    }
    StringBuilder anchors = new StringBuilder();
    for (String anchor : result.anchors()) {
      anchors.append("<li class=\"path\">%s</li>\n".formatted(Html.escape(anchor)));
    }
    int more = result.anchorCount() - result.anchors().size();
    if (!anchors.isEmpty()) {
      anchors.insert(
          0,
          "<h3>%s</h3>\n<ul class=\"plain\">\n"
              .formatted(result.anchorCount() == 1 ? "The anchor image" : "Anchor images"));
      anchors.append("</ul>\n");
      anchors.append(
          more > 0 ? "<p class=\"note\">and %s more</p>\n".formatted(Html.count(more)) : "");
    }
    return Html.section(
        "sets",
        "Sets",
        """
        <div class="wide"><table class="listing">
        <thead><tr><th scope="col">Key</th><th scope="col">Type</th><th scope="col">Folder</th>\
        <th scope="col" class="n">Samples</th><th scope="col" class="n">Damaged</th><th scope="col">Images</th><th scope="col">Labels</th></tr></thead>
        <tbody>
        %s</tbody>
        </table></div>
        %s"""
                .formatted(rows, anchors)
            + (result.unnamed().isEmpty()
                ? ""
                : "<p class=\"note\">Not set, so not checked: %s</p>\n"
                    .formatted(Html.escape(String.join(", ", result.unnamed())))));
  }

  private static String modes(Map<String, Examples> modes) {
    List<String> lines = new ArrayList<>();
    modes.forEach(
        (mode, files) ->
            lines.add(
                Html.escape(mode) + (modes.size() == 1 ? "" : " × " + Html.count(files.count()))));
    return String.join("<br>", lines);
  }

  /** Shares of the classes, a column of bars for each labelled set. */
  private String classes() {
    List<Integer> labelled = result.withClasses();
    if (labelled.isEmpty()) {
      return "";
    }
    double most = 0;
    for (int i : labelled) {
      for (int k = 0; k < result.space().count(); k++) {
        most = Math.max(most, result.tallies().get(i).share(k));
      }
    }
    StringBuilder head = new StringBuilder();
    for (int i : labelled) {
      head.append(
          "<th scope=\"col\" colspan=\"2\">%s</th>"
              .formatted(Html.escape(result.sets().get(i).key())));
    }
    StringBuilder rows = new StringBuilder();
    for (int k = 0; k < result.space().count(); k++) {
      rows.append(
          "<tr><th scope=\"row\">%s%s</th>"
              .formatted(swatches.of(k), Html.escape(result.space().classes().get(k))));
      for (int i : labelled) {
        rows.append(bar(result.tallies().get(i).share(k), most));
      }
      rows.append("</tr>\n");
    }
    return Html.section(
        "classes",
        "Shares of the classes",
        """
        <p class="note">Of the pixels that are of any class, in %%; the bars of all sets have one scale.</p>
        <div class="wide"><table class="shares">
        <thead><tr><th scope="col">Class</th>%s</tr></thead>
        <tbody>
        %s</tbody>
        </table></div>
        """
            .formatted(head, rows));
  }

  private static String bar(double share, double most) {
    if (share == 0) {
      return "<td class=\"bar\"></td><td class=\"n absent\">never</td>";
    }
    return "<td class=\"bar\"><i style=\"width:%s%%\"></i></td><td class=\"n\">%s</td>"
        .formatted(Html.percent(share / most), share < 0.0005 ? "&lt;0.1" : Html.percent(share));
  }

  /** Images by size, a table of bars for each set. */
  private String sizes() {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < result.sets().size(); i++) {
      body.append(sizes(result.sets().get(i), result.tallies().get(i)));
    }
    return Html.section(
        "sizes",
        "Sizes of the images",
        body.isEmpty() ? "" : "<div class=\"pair\">\n" + body + "</div>\n");
  }

  private static String sizes(CheckedSet set, SetTally tally) {
    List<Map.Entry<Size, Long>> sizes =
        tally.sizes().entrySet().stream()
            .sorted(
                Comparator.comparingLong((Map.Entry<Size, Long> size) -> -size.getValue())
                    .thenComparingInt(size -> -size.getKey().width())
                    .thenComparingInt(size -> -size.getKey().height()))
            .toList();
    if (sizes.isEmpty()) {
      return "";
    }
    long all = sizes.stream().mapToLong(Map.Entry::getValue).sum() + tally.otherSizes();
    StringBuilder rows = new StringBuilder();
    long shown = 0;
    for (Map.Entry<Size, Long> size : sizes.subList(0, Math.min(MOST_SIZES, sizes.size()))) {
      shown += size.getValue();
      rows.append(
          sizeRow(size.getKey().width() + " × " + size.getKey().height(), size.getValue(), all));
    }
    if (shown < all) {
      rows.append(
          sizeRow(
              "%s%s other sizes"
                  .formatted(
                      Html.count(sizes.size() - MOST_SIZES), tally.otherSizes() > 0 ? "+" : ""),
              all - shown,
              all));
    }
    return """
    <table class="shares">
    <caption>%s</caption>
    <tbody>
    %s</tbody>
    </table>
    """
        .formatted(Html.escape(set.key()), rows);
  }

  private static String sizeRow(String size, long images, long all) {
    return "<tr><th scope=\"row\">%s</th><td class=\"bar\"><i style=\"width:%s%%\"></i></td><td class=\"n\">%s</td></tr>\n"
        .formatted(size, Html.percent((double) images / all), Html.count(images));
  }

  private String samples() {
    StringBuilder body = new StringBuilder();
    boolean labels = false;
    for (int i = 0; i < result.sets().size(); i++) {
      CheckedSet set = result.sets().get(i);
      StringBuilder panels = new StringBuilder();
      for (Panel panel : result.tallies().get(i).panels().values()) {
        panels.append(panel(panel));
        labels |= panel.labels() != null;
      }
      if (!panels.isEmpty()) {
        body.append(
            "<h3>%s</h3>\n<div class=\"%s\">\n%s</div>\n"
                .formatted(
                    Html.escape(set.key()), set.labelled() ? "labelled" : "unlabelled", panels));
      }
    }
    return Html.section("samples", "Samples", body + (labels ? swatches.legend() : ""));
  }

  private String panel(Panel panel) {
    String name = Html.escape(panel.name());
    StringBuilder figures = new StringBuilder();
    figures.append(figure(Picture.photograph(panel.image(), "image " + panel.name()), "Image"));
    if (panel.labels() != null && panel.labels().ids().length > 1) {
      figures.append(
          figure(
              Picture.flat(panel.labels(), result.space(), "label of " + panel.name()), "Label"));
      figures.append(
          figure(
              Picture.photograph(
                  PredictionPanel.overlay(panel.image(), panel.labels(), result.space()),
                  "label over " + panel.name()),
              "Overlay"));
    } else if (panel.labels() != null) {
      int id = panel.labels().ids()[0] & 0xFF;
      name +=
          " · "
              + (id < result.space().count()
                  ? Html.escape(result.space().classes().get(id))
                  : "not scored");
    }
    return "<div class=\"sample\">\n%s<p class=\"name\">%s</p>\n</div>\n".formatted(figures, name);
  }

  private static String figure(String image, String caption) {
    return String.format(
        Locale.ROOT, "<figure>%s<figcaption>%s</figcaption></figure>\n", image, caption);
  }
}
