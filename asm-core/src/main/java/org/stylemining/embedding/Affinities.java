package org.stylemining.embedding;

import java.util.Arrays;

/**
 * How near vectors are to each other, as t-SNE takes it: p_ij = (p_j|i + p_i|j) / 2n, where p_j|i
 * is a Gaussian around vector i, normalised over the others, whose width gives it the perplexity
 * that is asked for (van der Maaten and Hinton, 2008, section 2 and eq. 1).
 */
final class Affinities {
  private static final int WIDTH_STEPS = 100;
  private static final double ENTROPY_TOLERANCE = 1e-6;

  private Affinities() {}

  /**
   * The p_ij of all pairs, which sum to 1/2: the lower triangle, row by row, without its diagonal.
   *
   * @param vectors [n][d]
   * @param perplexity 2^entropy of each p_.|i, less than n - 1
   */
  static double[] of(double[][] vectors, double perplexity) {
    int n = vectors.length;
    double[] joint = new double[n * (n - 1) / 2];
    double[] squares = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        squares[j] = square(vectors[i], vectors[j]);
      }
      double[] conditional = conditional(squares, i, perplexity);
      for (int j = 0; j < n; j++) {
        if (j != i) {
          joint[pair(i, j)] += conditional[j] / (2 * n);
        }
      }
    }
    return joint;
  }

  /** Where a pair of different vectors is in the triangle. */
  static int pair(int i, int j) {
    int larger = Math.max(i, j);
    return larger * (larger - 1) / 2 + Math.min(i, j);
  }

  /**
   * p_j|i for all j; 0 for i itself.
   *
   * @param squares ||x_i - x_j||^2
   */
  static double[] conditional(double[] squares, int i, double perplexity) {
    int n = squares.length;
    double nearest = Double.POSITIVE_INFINITY;
    double sum = 0;
    for (int j = 0; j < n; j++) {
      if (j != i) {
        nearest = Math.min(nearest, squares[j]);
        sum += squares[j];
      }
    }
    double[] p = new double[n];
    if (sum == 0) {
      // Vectors that are all the same are equally near.
      Arrays.fill(p, 1.0 / (n - 1));
      p[i] = 0;
      return p;
    }
    double wanted = Math.log(perplexity);
    double least = 0;
    double most = Double.POSITIVE_INFINITY;
    // The inverse of twice the variance, begun at the vectors' own scale.
    double beta = (n - 1) / sum;
    for (int step = 0; step < WIDTH_STEPS; step++) {
      double entropy = gaussian(squares, i, nearest, beta, p);
      if (Math.abs(entropy - wanted) < ENTROPY_TOLERANCE) {
        break;
      }
      if (entropy > wanted) {
        least = beta;
        beta = Double.isInfinite(most) ? 2 * beta : (beta + most) / 2;
      } else {
        most = beta;
        beta = (beta + least) / 2;
      }
    }
    return p;
  }

  /** Fills p with exp(-beta d^2), normalised, and gives its entropy in nats. */
  private static double gaussian(double[] squares, int i, double nearest, double beta, double[] p) {
    double sum = 0;
    double weighted = 0;
    for (int j = 0; j < p.length; j++) {
      // Relative to the nearest, so that one of them is always 1.
      double away = squares[j] - nearest;
      p[j] = j == i ? 0 : Math.exp(-beta * away);
      sum += p[j];
      weighted += j == i ? 0 : away * p[j];
    }
    for (int j = 0; j < p.length; j++) {
      p[j] /= sum;
    }
    return Math.log(sum) + beta * weighted / sum;
  }

  static double square(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      double d = a[k] - b[k];
      sum += d * d;
    }
    return sum;
  }
}
