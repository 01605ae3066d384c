package org.stylemining.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TsneTest {
  private static final int EACH = 40;
  private static final double[][] GROUPS = groups(3);

  /** Vectors of 20 values in groups; vector i is in group i / EACH. */
  private static double[][] groups(int count) {
    Random random = new Random(7);
    double[][] vectors = new double[count * EACH][20];
    for (int i = 0; i < vectors.length; i++) {
      for (int k = 0; k < 20; k++) {
        vectors[i][k] = random.nextGaussian() + (k == i / EACH ? 12 : 0);
      }
    }
    return vectors;
  }

  private static List<Integer> nearest(double[][] points, int i, int count) {
    return IntStream.range(0, points.length)
        .filter(j -> j != i)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> Affinities.square(points[i], points[j])))
        .limit(count)
        .toList();
  }

  @Test
  void groupsStayGroups() {
    double[][] points = Tsne.of(GROUPS, new Tsne.Options(15, 500, 1)).points();

    for (int i = 0; i < points.length; i++) {
      int group = i / EACH;
      assertThat(nearest(points, i, 10)).allSatisfy(j -> assertThat(j / EACH).isEqualTo(group));
    }
  }

  /** Venna and Kaski's trustworthiness: 1 where all neighbours in the plane are neighbours. */
  @Test
  void neighboursInThePlaneAreNeighbours() {
    double[][] sheet = new double[225][10];
    Random random = new Random(3);
    double[][] directions = new double[2][10];
    for (double[] direction : directions) {
      Arrays.setAll(direction, k -> random.nextGaussian());
    }
    for (int i = 0; i < sheet.length; i++) {
      for (int k = 0; k < 10; k++) {
        sheet[i][k] = i % 15 * directions[0][k] + i / 15 * directions[1][k];
      }
    }
    double[][] points = Tsne.of(sheet, Tsne.Options.usual(1)).points();

    int n = sheet.length;
    int k = 8;
    double penalty = 0;
    for (int i = 0; i < n; i++) {
      List<Integer> order = nearest(sheet, i, n - 1);
      for (int j : nearest(points, i, k)) {
        penalty += Math.max(0, order.indexOf(j) + 1 - k);
      }
    }
    assertThat(1 - 2 * penalty / (n * k * (2.0 * n - 3 * k - 1))).isGreaterThan(0.97);
  }

  @Test
  void theDivergenceFalls() {
    double begun = Tsne.of(GROUPS, new Tsne.Options(15, 1, 1)).divergence();
    double longer = Tsne.of(GROUPS, new Tsne.Options(15, 100, 1)).divergence();
    double longest = Tsne.of(GROUPS, new Tsne.Options(15, 1000, 1)).divergence();

    assertThat(longer).isLessThan(begun);
    assertThat(longest).isLessThan(longer).isBetween(0.0, 1.0);
  }

  @Test
  void theSeedDecides() {
    Tsne.Options options = new Tsne.Options(15, 100, 1);

    assertThat(Tsne.of(GROUPS, options))
        .usingRecursiveComparison()
        .isEqualTo(Tsne.of(GROUPS, options));
    assertThat(Tsne.of(GROUPS, new Tsne.Options(15, 100, 2)).points()[0])
        .isNotEqualTo(Tsne.of(GROUPS, options).points()[0]);
  }

  @Test
  void everyVectorHasAsManyNeighboursAsAskedFor() {
    double[] squares = new double[GROUPS.length];
    Arrays.setAll(squares, j -> Affinities.square(GROUPS[5], GROUPS[j]));

    double[] p = Affinities.conditional(squares, 5, 15);

    assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-12));
    assertThat(p[5]).isZero();
    double entropy = -Arrays.stream(p).filter(v -> v > 0).map(v -> v * Math.log(v)).sum();
    assertThat(Math.exp(entropy)).isCloseTo(15, within(1e-3));
    assertThat(Arrays.stream(Affinities.of(GROUPS, 15)).sum()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void fewVectorsHaveFewerNeighboursAndTwinsLieTogether() {
    double[][] few = Arrays.copyOf(GROUPS, 12);
    few[11] = few[10].clone();

    Tsne.Layout layout = Tsne.of(few, Tsne.Options.usual(1));

    assertThat(layout.perplexity()).isCloseTo(11 / 3.0, within(1e-12));
    assertThat(nearest(layout.points(), 10, 1)).containsExactly(11);
    for (double[] point : Tsne.of(new double[20][3], Tsne.Options.usual(1)).points()) {
      assertThat(point).doesNotContain(Double.NaN);
    }
  }

  @Test
  void vectorsThatCannotBeLaidOutAreRefused() {
    assertThatThrownBy(() -> Tsne.of(new double[9][3], Tsne.Options.usual(1)))
        .hasMessageContaining("10 to 2000 vectors, found 9");
    double[][] broken = new double[12][3];
    broken[4][1] = Double.NaN;
    assertThatThrownBy(() -> Tsne.of(broken, Tsne.Options.usual(1))).hasMessageContaining("at 4");
  }

  @Test
  void sharesAndDistancesAreOfTheVectorsThemselves() {
    boolean[] first = new boolean[GROUPS.length];
    boolean[] second = new boolean[GROUPS.length];
    Arrays.fill(first, 0, EACH, true);
    Arrays.fill(second, EACH, 2 * EACH, true);

    assertThat(Neighbourhoods.share(GROUPS, first, second, 10)).isZero();
    assertThat(Neighbourhoods.share(GROUPS, first, first, 10)).isEqualTo(1);
    List<double[]> line = List.of(new double[] {0}, new double[] {1}, new double[] {5});
    assertThat(Neighbourhoods.medianNearest(line, line)).isEqualTo(1);
    assertThat(Neighbourhoods.medianNearest(line, List.of())).isNaN();
    assertThat(Neighbourhoods.standardised(new double[][] {{1, 3}, {1, 7}}))
        .isDeepEqualTo(new double[][] {{0, -1}, {0, 1}});
  }
}
