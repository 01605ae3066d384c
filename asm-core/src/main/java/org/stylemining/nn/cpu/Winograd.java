package org.stylemining.nn.cpu;

/**
 * The matrices of Winograd's minimal filtering F(m, 3) (Winograd, 1980; Lavin and Gray, 2016): m
 * outputs of a filter of 3 taps from n = m + 2 products, y = A^T [(G g) * (B^T d)], built by Toom
 * and Cook's construction from n - 1 points and infinity.
 *
 * <p>More outputs take fewer products per output and lose more digits: for m = 3 a convolution's
 * result is off by some 1e-6 of its size, for m = 2 by a third of that (FastPathsTest has the
 * bound).
 */
final class Winograd {
  private static final double[] POINTS = {0, 1, -1, 0.5};

  private final int outputs;
  private final double[][] input;
  private final double[][] filter;
  private final double[][] output;

  /**
   * @param outputs m, 2 or 3
   */
  Winograd(int outputs) {
    if (outputs < 2 || outputs > POINTS.length - 1) {
      throw new IllegalArgumentException("expected 2 or 3 outputs, found " + outputs);
    }
    this.outputs = outputs;
    int n = outputs + 2;
    int finite = n - 1;
    input = new double[n][n];
    filter = new double[n][3];
    output = new double[outputs][n];
    for (int i = 0; i < finite; i++) {
      double scale = 1;
      double[] polynomial = {1};
      for (int j = 0; j < finite; j++) {
        if (j != i) {
          scale *= POINTS[i] - POINTS[j];
          polynomial = timesRoot(polynomial, POINTS[j]);
        }
      }
      System.arraycopy(polynomial, 0, input[i], 0, polynomial.length);
      for (int k = 0; k < 3; k++) {
        filter[i][k] = Math.pow(POINTS[i], k) / scale;
      }
      for (int k = 0; k < outputs; k++) {
        output[k][i] = Math.pow(POINTS[i], k);
      }
    }
    double[] all = {1};
    for (int j = 0; j < finite; j++) {
      all = timesRoot(all, POINTS[j]);
    }
    input[finite] = all;
    filter[finite][2] = 1;
    output[outputs - 1][finite] = 1;
  }

  /** p(x) (x - root), coefficients from the constant one. */
  private static double[] timesRoot(double[] p, double root) {
    double[] product = new double[p.length + 1];
    for (int i = 0; i < p.length; i++) {
      product[i] -= root * p[i];
      product[i + 1] += p[i];
    }
    return product;
  }

  /** m. */
  int outputs() {
    return outputs;
  }

  /** n = m + 2. */
  int products() {
    return outputs + 2;
  }

  /** B^T [n][n]. */
  double[][] input() {
    return input;
  }

  /** G [n][3]. */
  double[][] filter() {
    return filter;
  }

  /** A^T [m][n]. */
  double[][] output() {
    return output;
  }

  static double[][] transposed(double[][] m) {
    double[][] t = new double[m[0].length][m.length];
    for (int i = 0; i < m.length; i++) {
      for (int j = 0; j < m[0].length; j++) {
        t[j][i] = m[i][j];
      }
    }
    return t;
  }
}
