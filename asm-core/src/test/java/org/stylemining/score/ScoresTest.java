package org.stylemining.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoresTest {
  private static final ClassificationScores DIGITS =
      new ClassificationScores(0.75, Map.of("0", 0.75), List.of(List.of(3L, 1L), List.of(0L, 0L)));

  @Test
  void scoresOfAClassifierHaveAFormOfTheirOwn() {
    assertThat(DIGITS.toJson().replaceAll("\\s", ""))
        .isEqualTo(
            "{\"accuracy\":0.75,\"images\":4,\"classes\":{\"0\":0.75},\"confusion\":[[3,1],[0,0]]}");
    assertThat(TaskScores.fromJson(DIGITS.toJson())).isEqualTo(DIGITS);
    assertThat(TaskScores.fromJson(scores().toJson())).isEqualTo(scores());
    assertThat(DIGITS.toTable())
        .isEqualTo(
            """
            class     right %
            -----------------
            0            75.0
            -----------------
            accuracy     75.0   of 4 images
            """);
    assertThatThrownBy(
            () -> TaskScores.fromJson("{\"accuracy\":0.5,\"classes\":{},\"confusion\":[[1],[2]]}"))
        .hasMessageContaining("square");
  }

  @Test
  void writesFractionsByNameAndNullForAbsentClasses() {
    assertThat(scores().toJson().replaceAll("\\s", ""))
        .isEqualTo(
            "{\"mIoU\":0.5,\"pixelAccuracy\":0.875,\"classes\":{\"road\":0.75,\"sky\":null,\"car\":0.25}}");
  }

  @Test
  void readsBackWhatItWrote() {
    assertThat(Scores.fromJson(scores().toJson())).isEqualTo(scores());
    Scores nothing = new Scores(Double.NaN, Double.NaN, absent("road"));
    assertThat(Scores.fromJson(nothing.toJson())).isEqualTo(nothing);
  }

  @Test
  void passesOverKeysItDoesNotKnow() {
    assertThat(
            Scores.fromJson(
                    "{\"images\":9,\"mIoU\":0.5,\"pixelAccuracy\":1,\"classes\":{\"road\":0.5}}")
                .mIoU())
        .isEqualTo(0.5);
  }

  @Test
  void saysWhatIsWrongWithJsonThatHoldsNoScores() {
    assertThatThrownBy(() -> Scores.fromJson("{\"pixelAccuracy\":1,\"classes\":{}}"))
        .hasMessageContaining("\"mIoU\"");
    assertThatThrownBy(() -> Scores.fromJson("{\"mIoU\":44.5,\"pixelAccuracy\":1,\"classes\":{}}"))
        .hasMessageContaining("0..1")
        .hasMessageContaining("44.5");
    assertThatThrownBy(() -> Scores.fromJson("{")).hasMessageContaining("JSON");
    assertThatThrownBy(() -> Scores.fromJson("")).hasMessageContaining("expected scores");
  }

  @Test
  void printsATableInPercent() {
    assertThat(scores().toTable())
        .isEqualTo(
            """
            class             IoU %
            -----------------------
            road               75.0
            sky              absent
            car                25.0
            -----------------------
            mIoU               50.0   over 2 of 3 classes
            pixel accuracy     87.5
            """);
  }

  private static Scores scores() {
    Map<String, Double> classes = new LinkedHashMap<>();
    classes.put("road", 0.75);
    classes.put("sky", null);
    classes.put("car", 0.25);
    return new Scores(0.5, 0.875, classes);
  }

  private static Map<String, Double> absent(String name) {
    Map<String, Double> classes = new LinkedHashMap<>();
    classes.put(name, null);
    return classes;
  }
}
