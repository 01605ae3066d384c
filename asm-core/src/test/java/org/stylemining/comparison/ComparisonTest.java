package org.stylemining.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stylemining.score.ConfusionMatrix;

class ComparisonTest {
  private static final List<String> CLASSES = List.of("road", "sky");

  /** Shares of right pixels by image, a hundred pixels of each class in each. */
  private static CellResult result(String method, long seed, int... right) {
    List<ImageMatrix> images = new ArrayList<>();
    for (int i = 0; i < right.length; i++) {
      int wrong = 100 - right[i];
      images.add(
          new ImageMatrix(
              "file:/t/" + i + ".png",
              new ConfusionMatrix(new long[][] {{right[i], wrong}, {wrong, right[i]}})));
    }
    return new CellResult(new Cell(method, seed), images, 40, 80, 12.5, 0.5 * seed);
  }

  private static ComparisonPlan plan(String... methods) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String method : methods) {
      settings.put(method, "training.method=" + method);
    }
    return new ComparisonPlan(
        "test",
        "compare test",
        "equal updates: 40 of each worker",
        settings,
        List.of(1L, 2L, 3L),
        methods[0],
        Measure.MEAN_IOU,
        CLASSES,
        new int[] {0, 1},
        new PairedBootstrap(2000, 1, 1));
  }

  private static double iou(double right) {
    return right / (2 * 100 - right);
  }

  private final Comparison comparison =
      Comparison.of(
          plan("source", "mined"),
          List.of(
              result("mined", 1, 80, 80),
              result("source", 1, 60, 60),
              result("source", 2, 62, 62),
              result("mined", 2, 86, 86),
              result("source", 3, 58, 58),
              result("mined", 3, 74, 74)),
          Map.of());

  @Test
  void aMethodsScoreIsTheMeanOverSeedsWithTheirSampleDeviation() {
    MethodSummary mined = comparison.method("mined");
    double[] scores = {iou(80), iou(86), iou(74)};
    double mean = (scores[0] + scores[1] + scores[2]) / 3;
    double square = 0;
    for (double score : scores) {
      square += (score - mean) * (score - mean);
    }
    assertThat(mined.mean()).isCloseTo(mean, offset(1e-12));
    assertThat(mined.deviation()).isCloseTo(Math.sqrt(square / 2), offset(1e-12));
    assertThat(mined.scores()).containsOnlyKeys(1L, 2L, 3L).containsEntry(2L, iou(86));
    assertThat(mined.classes().get("road")).isCloseTo(mean, offset(1e-12));
    assertThat(mined.evaluateSeconds()).isCloseTo(1, offset(1e-12));
    assertThat(comparison.missing()).isZero();
    assertThat(comparison.images()).isEqualTo(2);
  }

  @Test
  void theGainIsTestedSeedBySeed() {
    Difference gain = comparison.gain("mined").orElseThrow();
    double[] apart = {iou(80) - iou(60), iou(86) - iou(62), iou(74) - iou(58)};
    double mean = (apart[0] + apart[1] + apart[2]) / 3;
    double variance = 0;
    for (double d : apart) {
      variance += (d - mean) * (d - mean) / 2;
    }
    double t = mean / Math.sqrt(variance / 3);
    // Student's t with two degrees of freedom has a distribution in closed form.
    double p = 1 - t / Math.sqrt(2 + t * t);
    assertThat(gain.mean()).isCloseTo(mean, offset(1e-12));
    assertThat(gain.p()).isCloseTo(p, offset(1e-9));
    assertThat(comparison.gain("source")).isEmpty();
    assertThat(comparison.difference("source", "mined").mean()).isCloseTo(-mean, offset(1e-12));
    assertThat(comparison.difference("source", "mined").interval().upper())
        .isEqualTo(-gain.interval().lower());
  }

  @Test
  void withImagesThatAreAllAlikeTheIntervalIsThatOfTheSeeds() {
    MethodSummary mined = comparison.method("mined");
    assertThat(mined.interval().lower()).isCloseTo(iou(74), offset(1e-12));
    assertThat(mined.interval().upper()).isCloseTo(iou(86), offset(1e-12));
    Interval gain = comparison.gain("mined").orElseThrow().interval();
    assertThat(gain.lower()).as("seeds are paired").isCloseTo(iou(74) - iou(58), offset(1e-12));
    assertThat(gain.upper()).isCloseTo(iou(86) - iou(62), offset(1e-12));
    Interval one =
        Comparison.of(plan("source"), List.of(result("source", 1, 60, 60)), Map.of())
            .method("source")
            .interval();
    assertThat(one.upper() - one.lower()).as("of one seed").isLessThan(1e-12);
  }

  @Test
  void theIntervalOfADifferenceIsPairedOverImages() {
    int[] hard = {90, 30, 80, 20, 70, 40, 60, 50, 85, 25};
    int[] better = hard.clone();
    for (int i = 0; i < better.length; i++) {
      better[i] += 5;
    }
    Comparison noisy =
        Comparison.of(
            plan("source", "mined"),
            List.of(result("source", 1, hard), result("mined", 1, better)),
            Map.of());
    Interval own = noisy.method("mined").interval();
    Interval difference = noisy.gain("mined").orElseThrow().interval();
    assertThat(own.upper() - own.lower()).as("images differ much").isGreaterThan(0.15);
    assertThat(difference.excludesZero()).isTrue();
    assertThat(difference.upper() - difference.lower())
        .as("the difference is the same on all")
        .isLessThan(0.05);
    assertThat(noisy.gain("mined").orElseThrow().p()).as("of one seed").isNaN();
    assertThat(noisy.method("mined").deviation()).isNaN();
  }

  @Test
  void whatIsNotDoneIsLeftOutOfTablesAndSaid() throws Exception {
    Comparison part =
        Comparison.of(
            plan("source", "mined"),
            List.of(result("source", 1, 60), result("source", 2, 62), result("mined", 2, 70)),
            Map.of(new Cell("mined", 1), "round 3 failed"));
    Difference gain = part.gain("mined").orElseThrow();
    assertThat(gain.seeds()).isEqualTo(1);
    assertThat(gain.mean()).isCloseTo(iou(70) - iou(62), offset(1e-12));
    assertThat(part.missing()).isEqualTo(2);
    String text = ComparisonMarkdown.of(part);
    assertThat(text)
        .contains("**Not complete:** 3 of 6 cells are done, 1 failed.")
        .contains("mined/seed-1: round 3 failed");
    JsonNode json = new ObjectMapper().readTree(ComparisonJson.of(part));
    assertThat(json.at("/failed/0/reason").textValue()).isEqualTo("round 3 failed");
    assertThat(json.at("/missing").intValue()).isEqualTo(2);
    assertThat(json.at("/differences/0/p").isNull()).isTrue();
  }

  @Test
  void nothingDoneYetHasTablesOfDashes() {
    Comparison nothing = Comparison.of(plan("source", "mined"), List.of(), Map.of());
    assertThat(ComparisonMarkdown.of(nothing)).contains("| mined | – | – | – |");
    assertThat(ComparisonCsv.of(nothing)).isEqualTo("method,seed,measure,value\n");
  }

  @Test
  void filesHoldTheNumbers() throws Exception {
    String text = ComparisonMarkdown.of(comparison);
    assertThat(text)
        .contains("| source | 42.9 |")
        .contains("| mined − source | +")
        .contains("| road | 42.9 | ")
        .contains("`training.method=mined`");
    assertThat(ComparisonCsv.of(comparison))
        .contains("\nmined,2,mIoU," + comparison.method("mined").scores().get(2L) + "\n")
        .contains("\nsource,1,updates,40\n")
        .contains("\nsource,3,IoU sky,")
        .doesNotContain("\r");
    JsonNode json = new ObjectMapper().readTree(ComparisonJson.of(comparison));
    assertThat(json.at("/methods/1/seeds/2").doubleValue()).isEqualTo(iou(86));
    assertThat(json.at("/differences/0/difference").doubleValue())
        .isCloseTo(comparison.gain("mined").orElseThrow().mean(), offset(1e-15));
    assertThat(json.at("/cells")).hasSize(6);
  }

  @Test
  void cellsOnOtherImagesAreNotCompared() {
    assertThatThrownBy(
            () ->
                Comparison.of(
                    plan("source", "mined"),
                    List.of(result("source", 1, 60), result("mined", 1, 60, 70)),
                    Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the same images");
  }
}
