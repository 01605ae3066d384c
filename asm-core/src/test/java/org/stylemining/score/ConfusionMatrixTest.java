package org.stylemining.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.stylemining.image.LabelMap;

class ConfusionMatrixTest {
  @Test
  void theAccuracyOfAClassifierIsCountedByHand() {
    // Three zeros, one taken for a one; a one; a two taken for a zero; no three.
    ConfusionMatrix matrix = new ConfusionMatrix(4);
    int[][] images = {{0, 0}, {0, 0}, {0, 1}, {1, 1}, {2, 0}};
    for (int[] image : images) {
      matrix.add(LabelMap.filled(1, 1, image[0]), LabelMap.filled(1, 1, image[1]));
    }

    ClassificationScores scores =
        matrix.classification(List.of("a", "b", "c", "d"), new int[] {0, 1, 2, 3});

    assertThat(scores.accuracy()).isEqualTo(3.0 / 5);
    assertThat(scores.images()).isEqualTo(5);
    assertThat(scores.classes())
        .containsEntry("a", 2.0 / 3)
        .containsEntry("b", 1.0)
        .containsEntry("c", 0.0)
        .containsEntry("d", null);
    assertThat(scores.present()).isEqualTo(3);
    assertThat(scores.confusion().get(0)).containsExactly(2L, 1L, 0L, 0L);
    assertThat(matrix.classification(List.of("a", "b", "c", "d"), new int[] {1, 2}).accuracy())
        .isEqualTo(0.5);
  }

  private static final List<String> NAMES = List.of("road", "car", "sky");

  @Test
  void scoresAnImageAsByHand() {
    ConfusionMatrix matrix = new ConfusionMatrix(3);
    matrix.add(map(0, 0, 0, 0, 1, 1, 255, 255), map(0, 0, 0, 1, 1, 2, 0, 77));

    assertThat(matrix.toArray()).isEqualTo(new long[][] {{3, 1, 0}, {0, 1, 1}, {0, 0, 0}});
    Scores scores = matrix.scores(NAMES);
    // road: 3 hits, 1 missed, none false. car: 1 hit, 1 missed, 1 false. sky: not in the truth.
    assertThat(scores.classes())
        .containsEntry("road", 3.0 / 4)
        .containsEntry("car", 1.0 / 3)
        .containsEntry("sky", null);
    assertThat(scores.classes().keySet()).containsExactly("road", "car", "sky");
    assertThat(scores.mIoU()).isCloseTo((3.0 / 4 + 1.0 / 3) / 2, within(1e-12));
    assertThat(scores.pixelAccuracy()).isCloseTo(4.0 / 6, within(1e-12));
    assertThat(scores.present()).isEqualTo(2);
  }

  @Test
  void countsAClassThatIsPresentAndNeverFoundAsZero() {
    ConfusionMatrix matrix = new ConfusionMatrix(3);
    matrix.add(map(2, 2, 0), map(0, 0, 0));

    assertThat(matrix.scores(NAMES).classes())
        .containsEntry("sky", 0.0)
        .containsEntry("road", 1.0 / 3);
  }

  @Test
  void scoresSomeClassesWithTheirFalsePositivesFromAllOthers() {
    ConfusionMatrix matrix = new ConfusionMatrix(new long[][] {{6, 0, 0}, {2, 1, 1}, {0, 0, 5}});

    Scores scores = matrix.scores(NAMES, new int[] {0, 2});
    assertThat(scores.classes()).containsOnlyKeys("road", "sky").containsEntry("road", 6.0 / 8);
    assertThat(scores.mIoU()).isCloseTo((6.0 / 8 + 5.0 / 6) / 2, within(1e-12));
    assertThat(scores.pixelAccuracy()).isEqualTo(1.0);
  }

  @Test
  void anImageThatCannotBeScoredLeavesTheMatrixAsItWas() {
    ConfusionMatrix matrix = new ConfusionMatrix(3);

    assertThatThrownBy(() -> matrix.add(map(0, 1, 9), map(0, 1, 2)))
        .hasMessageContaining("truth 9")
        .hasMessageContaining("column 2 of row 0");
    assertThatThrownBy(() -> matrix.add(map(0, 1), map(0, 3))).hasMessageContaining("prediction 3");
    assertThatThrownBy(() -> matrix.add(map(0, 1), map(0, 1, 2)))
        .hasMessageContaining("2 x 1")
        .hasMessageContaining("3 x 1");
    assertThat(matrix.total()).isZero();
    assertThatThrownBy(() -> matrix.merge(new ConfusionMatrix(2)))
        .hasMessageContaining("3 classes");
  }

  @Property(tries = 100)
  void mergingPartsIsCountingTheUnion(@ForAll("images") List<byte[][]> images, @ForAll int split) {
    int cut = Math.floorMod(split, images.size() + 1);
    ConfusionMatrix whole = count(images);
    ConfusionMatrix head = count(images.subList(0, cut));
    ConfusionMatrix tail = count(images.subList(cut, images.size()));

    assertThat(count(List.of()).merge(tail).merge(head)).isEqualTo(whole);
    long labelled = 0;
    for (byte[][] image : images) {
      for (byte id : image[0]) {
        labelled += id == -1 ? 0 : 1;
      }
    }
    assertThat(whole.total()).isEqualTo(labelled);
  }

  @Provide
  Arbitrary<List<byte[][]>> images() {
    Arbitrary<byte[]> truth =
        Arbitraries.of((byte) 0, (byte) 1, (byte) 2, (byte) 255).array(byte[].class).ofSize(12);
    Arbitrary<byte[]> prediction =
        Arbitraries.of((byte) 0, (byte) 1, (byte) 2).array(byte[].class).ofSize(12);
    return truth.flatMap(t -> prediction.map(p -> new byte[][] {t, p})).list().ofMaxSize(8);
  }

  private static ConfusionMatrix count(List<byte[][]> images) {
    ConfusionMatrix matrix = new ConfusionMatrix(3);
    for (byte[][] image : images) {
      matrix.add(new LabelMap(4, 3, image[0]), new LabelMap(4, 3, image[1]));
    }
    return matrix;
  }

  private static LabelMap map(int... ids) {
    byte[] bytes = new byte[ids.length];
    for (int i = 0; i < ids.length; i++) {
      bytes[i] = (byte) ids[i];
    }
    return new LabelMap(ids.length, 1, bytes);
  }
}
