package org.stylemining.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the time of a mining step goes.
 *
 * @param machine what it ran on, by name
 * @param size of the step
 * @param repeats steps that were timed
 * @param rows layers by shape, in the order of the forward pass
 * @param step the whole step
 */
public record OperationReport(
    Map<String, String> machine, StepSize size, int repeats, List<OperationRow> rows, Spread step) {

  public OperationReport {
    rows = List.copyOf(rows);
  }

  /** The rows' medians, in milliseconds. */
  public double sum() {
    return rows.stream().mapToDouble(row -> median(row.forward()) + median(row.backward())).sum();
  }

  /** Tables in Markdown. */
  public String toText() {
    List<String> lines = new ArrayList<>();
    machine.forEach((name, value) -> lines.add("%s: %s".formatted(name, value)));
    lines.add(
        "step: %d source image%s of %d x %d, %d repeats; milliseconds of all layers of a row, minimum / median; GFLOP/s: the plain sums' operations by the minimum"
            .formatted(
                size.batch(), size.batch() == 1 ? "" : "s", size.width(), size.height(), repeats));
    lines.add("");
    lines.add(
        "| layer | number | kind | from | to | computed by | forward | GFLOP/s | backward | GFLOP/s | share |");
    lines.add("|---|--:|---|---|---|---|--:|--:|--:|--:|--:|");
    for (OperationRow row : rows) {
      lines.add(
          "| %s | %d | %s | %s | %s | %s | %s | %s | %s | %s | %s |"
              .formatted(
                  row.layer(),
                  row.count(),
                  row.kind(),
                  row.from(),
                  row.to(),
                  row.computedBy(),
                  spread(row.forward()),
                  rate(row.forward()),
                  spread(row.backward()),
                  rate(row.backward()),
                  percent(row.share())));
    }
    lines.add("");
    lines.add("| kind | layers | forward, median | backward, median | share |");
    lines.add("|---|--:|--:|--:|--:|");
    families().forEach((family, members) -> lines.add(total(family, members)));
    lines.add(total("sum", rows));
    lines.add(
        format(
            "| whole step | | %s | | |", "%.1f / %.1f".formatted(step.minimum(), step.median())));
    lines.add(
        "| between the layers | | %s | | %s |"
            .formatted(format("%.1f", step.median() - sum()), percent(1 - sum() / step.median())));
    return String.join("\n", lines) + "\n";
  }

  /** All of it. */
  public String toJson() {
    return Json.of(this);
  }

  private Map<String, List<OperationRow>> families() {
    return rows.stream()
        .collect(
            Collectors.groupingBy(OperationRow::family, LinkedHashMap::new, Collectors.toList()));
  }

  private static String total(String name, List<OperationRow> members) {
    return "| %s | %d | %s | %s | %s |"
        .formatted(
            name,
            members.stream().mapToInt(OperationRow::count).sum(),
            format("%.1f", members.stream().mapToDouble(row -> median(row.forward())).sum()),
            format("%.1f", members.stream().mapToDouble(row -> median(row.backward())).sum()),
            percent(members.stream().mapToDouble(OperationRow::share).sum()));
  }

  private static double median(Spread spread) {
    return spread == null ? 0 : spread.median();
  }

  private static String spread(Spread spread) {
    return spread == null ? "" : format("%.1f / %.1f", spread.minimum(), spread.median());
  }

  private static String rate(Spread spread) {
    return spread == null || spread.gflops() == 0 ? "" : format("%.0f", spread.gflops());
  }

  private static String percent(double share) {
    return format("%.1f%%", 100 * share);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
