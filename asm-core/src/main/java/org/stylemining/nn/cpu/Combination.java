package org.stylemining.nn.cpu;

/**
 * A small matrix applied to lines: line i of the result is the sum over j of m[i][j] times line j.
 */
final class Combination {
  private static final Lines LINES = Lines.BEST;
  private final int[][] columns;
  private final float[][] factors;

  /**
   * @param matrix m, at most 5 entries of a row not 0
   */
  Combination(double[][] matrix) {
    columns = new int[matrix.length][];
    factors = new float[matrix.length][];
    for (int i = 0; i < matrix.length; i++) {
      double[] row = matrix[i];
      columns[i] =
          java.util.stream.IntStream.range(0, row.length).filter(j -> row[j] != 0).toArray();
      factors[i] = new float[columns[i].length];
      for (int k = 0; k < factors[i].length; k++) {
        factors[i][k] = (float) row[columns[i][k]];
      }
    }
  }

  /**
   * Line i of the result at {@code outAt + i * outStep} from lines at {@code inAt + j * inStep},
   * each of n values.
   */
  void apply(float[] in, int inAt, int inStep, float[] out, int outAt, int outStep, int n) {
    for (int i = 0; i < columns.length; i++) {
      LINES.combine(factors[i], columns[i], in, inAt, inStep, out, outAt + i * outStep, n);
    }
  }
}
