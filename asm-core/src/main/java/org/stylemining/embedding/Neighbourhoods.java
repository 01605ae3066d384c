package org.stylemining.embedding;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Who is near whom among vectors, measured where they are and not where a layout puts them. */
public final class Neighbourhoods {
  private Neighbourhoods() {}

  /**
   * Vectors whose every dimension has mean 0 and deviation 1; 0 where it is the same in all.
   *
   * @param vectors [n][d]
   */
  public static double[][] standardised(double[][] vectors) {
    int dimensions = vectors[0].length;
    double[][] out = new double[vectors.length][dimensions];
    for (int k = 0; k < dimensions; k++) {
      double mean = 0;
      for (double[] vector : vectors) {
        mean += vector[k] / vectors.length;
      }
      double variance = 0;
      for (double[] vector : vectors) {
        variance += (vector[k] - mean) * (vector[k] - mean) / vectors.length;
      }
      // What is left of rounding is no difference.
      double deviation = Math.sqrt(variance);
      double scale = deviation > 1e-6 * Math.abs(mean) ? 1 / deviation : 0;
      for (int i = 0; i < vectors.length; i++) {
        out[i][k] = scale * (vectors[i][k] - mean);
      }
    }
    return out;
  }

  /**
   * The median over some vectors of the distance to the nearest of others; a vector that is among
   * the others is not its own neighbour. NaN where there are no others.
   */
  public static double medianNearest(List<double[]> vectors, List<double[]> others) {
    double[] nearest =
        vectors.stream()
            .mapToDouble(
                vector ->
                    others.stream()
                        .filter(other -> other != vector)
                        .mapToDouble(other -> Math.sqrt(Affinities.square(vector, other)))
                        .min()
                        .orElse(Double.NaN))
            .sorted()
            .toArray();
    int n = nearest.length;
    return n == 0 ? Double.NaN : (nearest[(n - 1) / 2] + nearest[n / 2]) / 2;
  }

  /**
   * The share that one group has among the nearest neighbours of another's vectors.
   *
   * @param vectors [n][d]
   * @param asked whose neighbours are looked at
   * @param counted whose share of them is taken; apart from {@code asked}
   * @param neighbours k nearest ones, less than n
   */
  public static double share(
      double[][] vectors, boolean[] asked, boolean[] counted, int neighbours) {
    long found = 0;
    long all = 0;
    for (int i = 0; i < vectors.length; i++) {
      if (!asked[i]) {
        continue;
      }
      int self = i;
      double[] squares =
          Arrays.stream(vectors).mapToDouble(v -> Affinities.square(vectors[self], v)).toArray();
      found +=
          IntStream.range(0, vectors.length)
              .filter(j -> j != self)
              .boxed()
              .sorted(Comparator.comparingDouble(j -> squares[j]))
              .limit(neighbours)
              .filter(j -> counted[j])
              .count();
      all += neighbours;
    }
    return (double) found / all;
  }
}
