package org.stylemining.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stylemining.comparison.Cell;
import org.stylemining.comparison.CellResult;
import org.stylemining.comparison.Comparison;
import org.stylemining.comparison.ComparisonPlan;
import org.stylemining.comparison.ImageMatrix;
import org.stylemining.comparison.Measure;
import org.stylemining.comparison.PairedBootstrap;
import org.stylemining.score.ConfusionMatrix;

class ComparisonPageTest {
  private static CellResult result(String method, long seed, long right) {
    ConfusionMatrix matrix =
        new ConfusionMatrix(new long[][] {{right, 100 - right}, {100 - right, right}});
    return new CellResult(
        new Cell(method, seed), List.of(new ImageMatrix("a.png", matrix)), 600, 1200, 90, 3);
  }

  private static Comparison comparison(List<CellResult> results, Map<Cell, String> failed) {
    Map<String, String> methods = new LinkedHashMap<>();
    methods.put("source-only", "training.method=source-only");
    methods.put("deep", "mining.depth=4 <tag>");
    return Comparison.of(plan(methods), results, failed);
  }

  private static ComparisonPlan plan(Map<String, String> methods) {
    return new ComparisonPlan(
        "day-to-dusk",
        "compare day-to-dusk",
        "equal updates: 600 of each worker",
        methods,
        List.of(1L, 2L),
        "source-only",
        Measure.MEAN_IOU,
        List.of("road", "sky"),
        new int[] {0, 1},
        new PairedBootstrap(100, 1, 1));
  }

  @Test
  void showsScoresDifferencesClassesAndCost() {
    String page =
        ComparisonPage.of(
            comparison(
                List.of(
                    result("source-only", 1, 60),
                    result("source-only", 2, 62),
                    result("deep", 1, 80),
                    result("deep", 2, 84)),
                Map.of()));

    assertThat(page)
        .contains("<h1>day-to-dusk</h1>", "mIoU, %", "IoU by class", "Cost of a cell", "all done")
        .contains("title=\"seed 2: 72.4\"")
        .contains("<td class=\"sure more\"")
        .contains("mining.depth=4 &lt;tag&gt;")
        .contains("<td>90 s</td><td>3 s</td>")
        .doesNotContain("<tag>", "<script", "http:", "https:", "NaN", "Failed cells");
  }

  @Test
  void aFailedCellIsToldAndGapsAreDashes() {
    String page =
        ComparisonPage.of(
            comparison(
                List.of(result("source-only", 1, 60)),
                Map.of(new Cell("deep", 1), "round 2 failed: <no room>")));

    assertThat(page)
        .contains("Failed cells", "deep/seed-1", "&lt;no room&gt;", "of 4; 1 failed")
        .doesNotContain("NaN");
  }

  @Test
  void nothingDoneYetIsAPageToo() {
    assertThat(ComparisonPage.of(comparison(List.of(), Map.of())))
        .contains("<h1>day-to-dusk</h1>")
        .doesNotContain("NaN");
  }
}
