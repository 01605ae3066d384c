package org.stylemining.nn.cpu;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Passes over the rows of matrices [P, C] that do a batch-norm's work in as few readings of memory
 * as there can be. Sums are taken in a fixed order, whatever the number of threads.
 */
public final class RowPasses {
  /** Most parts that sums are taken over one by one, and that threads share ... */
  private static final int PARTS = 64;

  /** ... and fewest rows of each. */
  private static final int PART_ROWS = 64;

  /** Values of a block of rows that is worked on at a time, so that it stays in the cache. */
  private static final int BLOCK = 4096;

  private static final Lines LINES = Lines.BEST;
  private final Lanes lanes;

  public RowPasses(Lanes lanes) {
    this.lanes = lanes;
  }

  /**
   * Sums over the rows of x - shift and of (x - shift)^2, which lose few digits where shift is near
   * the mean.
   *
   * @param shift [C]
   * @return two vectors [C]
   */
  public double[][] moments(INDArray x, float[] shift) {
    int c = shift.length;
    HostFloats values = new HostFloats(x);
    return sums(
        x.size(0),
        c,
        (first, rows, scratch, sum, square) -> {
          float[] block = scratch.floats(0, rowsAtATime(c) * c);
          forEachBlock(
              first,
              rows,
              c,
              (row, n) -> {
                values.read(row * c, block, 0, n * c);
                for (int r = 0; r < n; r++) {
                  LINES.addMoments(block, r * c, shift, sum, square, c);
                }
              });
        });
  }

  /**
   * y = scale * x + offset (+ addend), and max(., 0) of it where asked.
   *
   * @param addend [P, C], or null
   * @param y may be x
   */
  public void affine(
      INDArray x, float[] scale, float[] offset, INDArray addend, boolean relu, INDArray y) {
    int c = scale.length;
    HostFloats from = new HostFloats(x);
    HostFloats more = addend == null ? null : new HostFloats(addend);
    HostFloats to = new HostFloats(y);
    parts(
        x.size(0),
        (part, first, rows, scratch) -> {
          float[] block = scratch.floats(0, rowsAtATime(c) * c);
          float[] other = addend == null ? null : scratch.floats(1, rowsAtATime(c) * c);
          forEachBlock(
              first,
              rows,
              c,
              (row, n) -> {
                from.read(row * c, block, 0, n * c);
                for (int r = 0; r < n; r++) {
                  LINES.affine(block, r * c, scale, offset, c);
                }
                if (more != null) {
                  more.read(row * c, other, 0, n * c);
                  LINES.add(other, 0, block, 0, n * c);
                }
                if (relu) {
                  LINES.relu(block, 0, n * c);
                }
                to.write(row * c, block, 0, n * c);
              });
        });
  }

  /**
   * Sums over the rows of dy and of dy (x - mean), where first, in place, dy becomes 0 where y is
   * not positive.
   *
   * @param y output of a ReLU, or null: dy stays as it is
   * @param mean [C]
   * @return two vectors [C]
   */
  public double[][] gradientMoments(INDArray y, INDArray dy, INDArray x, float[] mean) {
    int c = mean.length;
    HostFloats result = y == null ? null : new HostFloats(y);
    HostFloats gradient = new HostFloats(dy);
    HostFloats values = new HostFloats(x);
    return sums(
        x.size(0),
        c,
        (first, rows, scratch, sum, product) -> {
          float[] d = scratch.floats(0, rowsAtATime(c) * c);
          float[] other = scratch.floats(1, rowsAtATime(c) * c);
          forEachBlock(
              first,
              rows,
              c,
              (row, n) -> {
                gradient.read(row * c, d, 0, n * c);
                if (result != null) {
                  result.read(row * c, other, 0, n * c);
                  LINES.mask(other, d, n * c);
                  gradient.write(row * c, d, 0, n * c);
                }
                values.read(row * c, other, 0, n * c);
                for (int r = 0; r < n; r++) {
                  LINES.addProducts(d, r * c, other, mean, sum, product, c);
                }
              });
        });
  }

  /** dx = g dy + s x + o; dx may be dy. */
  public void gradient(INDArray dy, INDArray x, float[] g, float[] s, float[] o, INDArray dx) {
    int c = g.length;
    HostFloats gradient = new HostFloats(dy);
    HostFloats values = new HostFloats(x);
    HostFloats to = new HostFloats(dx);
    parts(
        x.size(0),
        (part, first, rows, scratch) -> {
          float[] d = scratch.floats(0, rowsAtATime(c) * c);
          float[] block = scratch.floats(1, rowsAtATime(c) * c);
          forEachBlock(
              first,
              rows,
              c,
              (row, n) -> {
                gradient.read(row * c, d, 0, n * c);
                values.read(row * c, block, 0, n * c);
                for (int r = 0; r < n; r++) {
                  LINES.twoAffine(d, block, r * c, g, s, o, c);
                }
                to.write(row * c, d, 0, n * c);
              });
        });
  }

  private interface SumBody {
    void of(int first, int rows, Scratch scratch, float[] a, float[] b);
  }

  private interface PartBody {
    void of(int part, int first, int rows, Scratch scratch);
  }

  private interface BlockBody {
    void of(int row, int rows);
  }

  private double[][] sums(long rows, int c, SumBody body) {
    float[][] a = new float[partsOf(rows)][c];
    float[][] b = new float[partsOf(rows)][c];
    parts(rows, (part, first, n, scratch) -> body.of(first, n, scratch, a[part], b[part]));
    return new double[][] {total(a, c), total(b, c)};
  }

  private static double[] total(float[][] parts, int c) {
    double[] total = new double[c];
    for (float[] part : parts) {
      for (int i = 0; i < c; i++) {
        total[i] += part[i];
      }
    }
    return total;
  }

  private void parts(long rows, PartBody body) {
    int parts = partsOf(rows);
    lanes.forEach(
        parts,
        (part, scratch) -> {
          int first = (int) (rows * part / parts);
          body.of(part, first, (int) (rows * (part + 1) / parts) - first, scratch);
        });
  }

  private static int partsOf(long rows) {
    return (int) Math.max(1, Math.min(PARTS, rows / PART_ROWS));
  }

  private static int rowsAtATime(int c) {
    return Math.max(1, BLOCK / c);
  }

  private static void forEachBlock(int first, int rows, int c, BlockBody body) {
    int step = rowsAtATime(c);
    for (int row = first; row < first + rows; row += step) {
      body.of(row, Math.min(step, first + rows - row));
    }
  }

  /** The values rounded to floats. */
  public static float[] floats(double[] values) {
    float[] copy = new float[values.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = (float) values[i];
    }
    return copy;
  }
}
