package org.stylemining.inspection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A check's result for a terminal. */
public final class CheckText {
  private static final int NAMED = 3;

  /** Share of a class below which a share is only said to be small. */
  private static final double SMALL = 0.0001;

  private CheckText() {}

  /** The sets, their classes and all findings, in tables and lines. */
  public static String of(CheckResult result) {
    StringBuilder text = new StringBuilder(sets(result));
    String classes = classes(result);
    if (!classes.isEmpty()) {
      text.append('\n').append(classes);
    }
    text.append('\n');
    if (result.anchorCount() > 0) {
      text.append("anchors: ").append(anchors(result)).append('\n');
    }
    if (!result.unnamed().isEmpty()) {
      text.append("not set, so not checked: ")
          .append(String.join(", ", result.unnamed()))
          .append('\n');
    }
    for (Finding finding : result.findings()) {
      text.append(line(finding)).append('\n');
    }
    return text.append(result.verdict()).append('\n').toString();
  }

  private static String sets(CheckResult result) {
    TextTable table = new TextTable("llrrllll");
    table.row("set", "type", "files", "damaged", "sizes", "images", "labels", "classes");
    for (int i = 0; i < result.sets().size(); i++) {
      CheckedSet set = result.sets().get(i);
      SetTally tally = result.tallies().get(i);
      String looked = String.valueOf(tally.samples());
      table.row(
          set.key(),
          set.type(),
          tally.samples() == set.listed() ? looked : looked + " of " + set.listed(),
          String.valueOf(tally.damaged()),
          Phrases.sizes(tally),
          Phrases.modes(tally.imageModes()),
          set.labelled() ? Phrases.modes(tally.labelModes()) : "-",
          set.labelled() ? present(tally) + " of " + tally.classes() : "-");
    }
    return table.toString();
  }

  static int present(SetTally tally) {
    int present = 0;
    for (int k = 0; k < tally.classes(); k++) {
      present += tally.classPixels(k) > 0 ? 1 : 0;
    }
    return present;
  }

  private static String classes(CheckResult result) {
    List<Integer> labelled = result.withClasses();
    if (labelled.isEmpty()) {
      return "";
    }
    TextTable table = new TextTable("l" + "r".repeat(labelled.size()));
    table.row(row("class", labelled.stream().map(i -> result.sets().get(i).key()).toList()));
    for (int k = 0; k < result.space().count(); k++) {
      int id = k;
      table.row(
          row(
              result.space().classes().get(k),
              labelled.stream().map(i -> share(result.tallies().get(i).share(id))).toList()));
    }
    table.row(
        row(
            "not scored",
            labelled.stream().map(i -> share(ignored(result.tallies().get(i)))).toList()));
    return table.toString();
  }

  private static double ignored(SetTally tally) {
    return (double) tally.ignoredPixels() / (tally.ignoredPixels() + tally.scoredPixels());
  }

  private static String share(double share) {
    return share == 0
        ? "-"
        : share < SMALL ? "<0.01%" : String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }

  private static String[] row(String first, List<String> rest) {
    List<String> row = new ArrayList<>(List.of(first));
    row.addAll(rest);
    return row.toArray(String[]::new);
  }

  private static String anchors(CheckResult result) {
    String first = result.anchors().stream().limit(NAMED).collect(Collectors.joining(", "));
    return result.anchorCount() <= NAMED
        ? first
        : "%s, ... (%d in all)".formatted(first, result.anchorCount());
  }

  private static String line(Finding finding) {
    StringBuilder line = new StringBuilder();
    line.append(finding.severity() == Severity.WRONG ? "wrong" : "warning");
    line.append(": ").append(finding.set()).append(": ").append(finding.message());
    for (Examples.Example example : finding.examples().stream().limit(NAMED).toList()) {
      line.append("\n    ").append(example);
    }
    long more = finding.count() - NAMED;
    if (!finding.examples().isEmpty() && more > 0) {
      line.append("\n    ... (").append(finding.count()).append(" in all)");
    }
    return line.toString();
  }
}
