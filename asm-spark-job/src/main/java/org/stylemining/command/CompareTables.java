package org.stylemining.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.stylemining.comparison.Cell;
import org.stylemining.comparison.CellResult;
import org.stylemining.comparison.Comparison;
import org.stylemining.comparison.ComparisonCsv;
import org.stylemining.comparison.ComparisonJson;
import org.stylemining.comparison.ComparisonMarkdown;
import org.stylemining.comparison.ComparisonPlan;
import org.stylemining.provenance.Provenance;
import org.stylemining.report.ComparisonPage;
import org.stylemining.report.RunFolder;

/** The results of a comparison so far, and the files that show them. Cells may end at once. */
final class CompareTables {
  private final ComparisonPlan plan;
  private final RunFolder out;
  private final List<CellResult> results = new ArrayList<>();
  private final Map<Cell, String> failed = new LinkedHashMap<>();
  private Optional<Provenance> provenance = Optional.empty();

  CompareTables(ComparisonPlan plan, RunFolder out) {
    this.plan = plan;
    this.out = out;
  }

  /** Takes note of what makes the comparison. */
  synchronized void madeBy(Provenance made) {
    provenance = Optional.of(made);
  }

  /**
   * What the comparison that is there already was made by.
   *
   * @return empty where there is none, or nothing tells
   */
  Optional<Provenance> before() throws IOException {
    if (!out.fileSystem().exists(file("json"))) {
      return Optional.empty();
    }
    try {
      return Provenance.in(out.read(file("json")));
    } catch (IllegalArgumentException e) {
      // It only tells; cells decide for themselves what is done.
      return Optional.empty();
    }
  }

  /** Takes note of a cell that is done; its score, in words. */
  synchronized String add(CellResult result) {
    results.add(result);
    return String.format(
        Locale.ROOT, "%s %.1f%%", plan.measure().label(), 100 * plan.score(result));
  }

  /** Takes note of a cell that failed. */
  synchronized void fail(Cell cell, String reason) {
    failed.put(cell, reason);
  }

  /** Cells that failed, with the reason. */
  synchronized Map<Cell, String> failed() {
    return new LinkedHashMap<>(failed);
  }

  /** Number of cells that are done or failed. */
  synchronized int ended() {
    return results.size() + failed.size();
  }

  /** Number of cells in all. */
  int cells() {
    return plan.cells().size();
  }

  /** Writes {@code compare.json}, {@code .csv}, {@code .md} and {@code .html}, over older ones. */
  synchronized void write() throws IOException {
    Comparison comparison = Comparison.of(plan, results, failed);
    String json = ComparisonJson.of(comparison);
    out.write(file("json"), provenance.map(made -> made.into(json)).orElse(json));
    out.write(file("csv"), ComparisonCsv.of(comparison));
    out.write(file("md"), ComparisonMarkdown.of(comparison));
    out.write(file("html"), ComparisonPage.of(comparison));
  }

  /** Shows the tables on the terminal. */
  synchronized void print() {
    System.out.println(ComparisonMarkdown.scores(Comparison.of(plan, results, failed)).strip());
    System.out.println("look at " + file("html"));
  }

  private Path file(String ending) {
    return new Path(out.path(), "compare." + ending);
  }
}
