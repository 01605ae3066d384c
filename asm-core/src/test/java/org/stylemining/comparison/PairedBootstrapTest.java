package org.stylemining.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.stylemining.score.ConfusionMatrix;

class PairedBootstrapTest {
  private static final int[] BOTH = {0, 1};

  private static List<ImageMatrix> network(long[][]... matrices) {
    List<ImageMatrix> images = new ArrayList<>();
    for (int i = 0; i < matrices.length; i++) {
      images.add(new ImageMatrix("i" + i, new ConfusionMatrix(matrices[i])));
    }
    return images;
  }

  @Property(tries = 50)
  void ofOneImageEveryResampledSetIsTheImage(
      @ForAll @IntRange(max = 50) int a,
      @ForAll @IntRange(max = 50) int b,
      @ForAll @IntRange(max = 50) int c) {
    ConfusionMatrix matrix = new ConfusionMatrix(new long[][] {{a + 1, b}, {c, 7}});
    double[][] scores =
        new PairedBootstrap(3, 1, 1)
            .scores(Measure.MEAN_IOU, List.of(network(matrix.toArray())), BOTH);
    double whole = matrix.scores(List.of("x", "y")).mIoU();
    assertThat(scores[0]).containsOnly(new double[] {whole}, offset(1e-12));
  }

  @Test
  void aSetIsScoredByOneMatrixOverAllItsImages() {
    // Two images: a set is one of them twice, or both.
    List<ImageMatrix> network =
        network(new long[][] {{10, 0}, {0, 10}}, new long[][] {{5, 5}, {5, 5}});
    double[] scores =
        new PairedBootstrap(200, 1, 1).scores(Measure.MEAN_IOU, List.of(network), BOTH)[0];
    double both = ImageMatrix.sum(network).scores(List.of("x", "y")).mIoU();
    assertThat(Arrays.stream(scores).distinct().sorted().toArray())
        .containsExactly(new double[] {1.0 / 3, both, 1}, offset(1e-12));
    assertThat(Arrays.stream(scores).average().orElseThrow()).isBetween(0.55, 0.75);
  }

  @Test
  void networksAreScoredOnTheSameSetsAndTheSameSeedDrawsTheSame() {
    List<ImageMatrix> network =
        network(new long[][] {{10, 0}, {0, 10}}, new long[][] {{5, 5}, {5, 5}});
    double[][] scores =
        new PairedBootstrap(50, 1, 4).scores(Measure.MEAN_IOU, List.of(network, network), BOTH);
    assertThat(scores[1]).isEqualTo(scores[0]);
    assertThat(new PairedBootstrap(50, 1, 4).scores(Measure.MEAN_IOU, List.of(network), BOTH)[0])
        .isEqualTo(scores[0]);
    assertThat(new PairedBootstrap(50, 1, 5).scores(Measure.MEAN_IOU, List.of(network), BOTH)[0])
        .isNotEqualTo(scores[0]);
  }

  @Test
  void blocksOfNeighboursWidenTheIntervalWhereNeighboursAreAlike() {
    long[][][] drive = new long[60][][];
    for (int i = 0; i < drive.length; i++) {
      long right = i / 10 % 2 == 0 ? 9 : 4;
      drive[i] = new long[][] {{right, 10 - right}, {10 - right, right}};
    }
    double single = width(new PairedBootstrap(2000, 1, 1), drive);
    double blocks = width(new PairedBootstrap(2000, 10, 1), drive);
    assertThat(blocks).isGreaterThan(1.5 * single);
  }

  private static double width(PairedBootstrap bootstrap, long[][][] images) {
    Interval interval =
        PairedBootstrap.interval(
            bootstrap.scores(Measure.MEAN_IOU, List.of(network(images)), BOTH)[0]);
    return interval.upper() - interval.lower();
  }

  @Test
  void theIntervalHoldsTheMiddleNinetyFivePercent() {
    double[] values = IntStream.rangeClosed(0, 1000).mapToDouble(i -> i / 1000.0).toArray();
    assertThat(PairedBootstrap.interval(values)).isEqualTo(new Interval(0.025, 0.975));
    assertThat(PairedBootstrap.interval(new double[] {Double.NaN}).lower()).isNaN();
    assertThat(new Interval(-0.1, 0.2).excludesZero()).isFalse();
    assertThat(new Interval(0.1, 0.2).excludesZero()).isTrue();
  }

  @Test
  void matricesOfImagesSurviveTheirFile() {
    List<ImageMatrix> network =
        network(new long[][] {{1, 2}, {3, 4}}, new long[][] {{0, 0}, {9, 1}});
    String text = ImageMatrix.toJsonLines(network);
    assertThat(text.lines()).hasSize(2);
    assertThat(ImageMatrix.fromJsonLines(text)).isEqualTo(network);
    assertThatThrownBy(() -> ImageMatrix.fromJsonLines(text + "{\"image\":1}\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 3: expected");
  }
}
