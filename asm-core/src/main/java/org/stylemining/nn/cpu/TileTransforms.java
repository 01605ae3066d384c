package org.stylemining.nn.cpu;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The four transforms of Winograd's 3x3 convolution over a grid of tiles, and their transposes.
 * With t = 0 .. n*n - 1 the products of a tile, the convolution is, for each t, the matrix product
 * M[t] = V[t] U[t] of transformed pixels V [n*n, tiles, C] and filters U [n*n, C, N]; reading
 * pixels at any dilation, border or up-sampling costs nothing beside it. All arrays are floats on a
 * CPU.
 */
public final class TileTransforms {
  private static final Lines LINES = Lines.BEST;
  private final Lanes lanes;
  private final int m;
  private final int n;
  private final Combination input;
  private final Combination inputTransposed;
  private final Combination filter;
  private final Combination filterTransposed;
  private final Combination output;
  private final Combination outputTransposed;

  /**
   * @param outputs m, pixels of a tile along each side, 2 or 3
   */
  public TileTransforms(int outputs, Lanes lanes) {
    this.lanes = lanes;
    Winograd winograd = new Winograd(outputs);
    m = winograd.outputs();
    n = winograd.products();
    input = new Combination(winograd.input());
    inputTransposed = new Combination(Winograd.transposed(winograd.input()));
    filter = new Combination(winograd.filter());
    filterTransposed = new Combination(Winograd.transposed(winograd.filter()));
    output = new Combination(winograd.output());
    outputTransposed = new Combination(Winograd.transposed(winograd.output()));
  }

  /** m, pixels of a tile along each side. */
  public int outputs() {
    return m;
  }

  /** n*n, the number of matrix products. */
  public int products() {
    return n * n;
  }

  /** U [n*n, C, N] = G w G^T of w [3, 3, C, N]. */
  public void filters(INDArray w, int c, int out, INDArray u) {
    HostFloats from = new HostFloats(w);
    HostFloats to = new HostFloats(u);
    forEachRange(
        c,
        (first, end, scratch) -> {
          float[] a = scratch.floats(0, n * n * out);
          float[] b = scratch.floats(1, n * 3 * out);
          for (int channel = first; channel < end; channel++) {
            for (int tap = 0; tap < 9; tap++) {
              from.read((tap * c + channel) * out, a, tap * out, out);
            }
            filter.apply(a, 0, 3 * out, b, 0, 3 * out, 3 * out);
            for (int r = 0; r < n; r++) {
              filter.apply(b, r * 3 * out, out, a, r * n * out, out, out);
            }
            for (int t = 0; t < n * n; t++) {
              to.write((t * c + channel) * out, a, t * out, out);
            }
          }
        });
  }

  /** dw += G^T dU G, the transpose of {@link #filters}. */
  public void addFilterGradient(INDArray du, int c, int out, INDArray dw) {
    HostFloats from = new HostFloats(du);
    HostFloats to = new HostFloats(dw);
    forEachRange(
        c,
        (first, end, scratch) -> {
          float[] a = scratch.floats(0, n * n * out);
          float[] b = scratch.floats(1, 3 * n * out);
          float[] sum = scratch.floats(2, out);
          for (int channel = first; channel < end; channel++) {
            for (int t = 0; t < n * n; t++) {
              from.read((t * c + channel) * out, a, t * out, out);
            }
            filterTransposed.apply(a, 0, n * out, b, 0, n * out, n * out);
            for (int r = 0; r < 3; r++) {
              filterTransposed.apply(b, r * n * out, out, a, r * 3 * out, out, out);
            }
            for (int tap = 0; tap < 9; tap++) {
              add(to, (tap * c + channel) * out, a, tap * out, sum, out);
            }
          }
        });
  }

  /** V [n*n, tiles, C] = B^T x B of the pixels x [P, C] that each tile reads. */
  public void pixels(TileGrid grid, INDArray x, int c, INDArray v) {
    HostFloats from = new HostFloats(x);
    HostFloats to = new HostFloats(v);
    lanes.forEach(
        grid.units(),
        (unit, scratch) -> {
          float[] a = scratch.floats(0, n * n * c);
          float[] b = scratch.floats(1, n * n * c);
          for (int tile = 0; tile < grid.tilesOf(unit); tile++) {
            for (int r = 0; r < n; r++) {
              int row = inputRow(grid, unit, r);
              for (int q = 0; q < n; q++) {
                int pixel = grid.inputPixel(unit, row, inputColumn(grid, unit, tile, q));
                int at = (r * n + q) * c;
                if (pixel < 0) {
                  Arrays.fill(a, at, at + c, 0);
                } else {
                  from.read(pixel * c, a, at, c);
                }
              }
            }
            bothWays(input, n, n, a, b, c);
            writeProducts(grid, unit, tile, a, c, to);
          }
        });
  }

  /**
   * dx += B dV B^T, scattered to the pixels that each tile read: the transpose of {@link #pixels}.
   * The order of the sums does not depend on the number of threads.
   */
  public void addPixelGradient(TileGrid grid, INDArray dv, int c, INDArray dx) {
    HostFloats from = new HostFloats(dv);
    HostFloats to = new HostFloats(dx);
    for (int i = 0; i < grid.groups(); i++) {
      int group = i;
      lanes.forEach(
          grid.units(),
          (unit, scratch) -> {
            if (grid.group(unit) != group) {
              return;
            }
            float[] a = scratch.floats(0, n * n * c);
            float[] b = scratch.floats(1, n * n * c);
            float[] sum = scratch.floats(2, c);
            for (int tile = 0; tile < grid.tilesOf(unit); tile++) {
              readProducts(grid, unit, tile, from, c, a);
              bothWays(inputTransposed, n, n, a, b, c);
              for (int r = 0; r < n; r++) {
                int row = inputRow(grid, unit, r);
                for (int q = 0; q < n; q++) {
                  int pixel = grid.inputPixel(unit, row, inputColumn(grid, unit, tile, q));
                  if (pixel >= 0) {
                    add(to, pixel * c, a, (r * n + q) * c, sum, c);
                  }
                }
              }
            }
          });
    }
  }

  /**
   * y [P, N] = A^T M A + bias, and max(., 0) of it where asked, of M [n*n, tiles, N].
   *
   * @param bias [N], or null
   */
  public void results(
      TileGrid grid, INDArray products, int out, float[] bias, boolean relu, INDArray y) {
    HostFloats from = new HostFloats(products);
    HostFloats to = new HostFloats(y);
    lanes.forEach(
        grid.units(),
        (unit, scratch) -> {
          float[] a = scratch.floats(0, n * n * out);
          float[] b = scratch.floats(1, n * n * out);
          for (int tile = 0; tile < grid.tilesOf(unit); tile++) {
            readProducts(grid, unit, tile, from, out, a);
            bothWays(output, n, m, a, b, out);
            for (int r = 0; r < m; r++) {
              int row = grid.outputRow(unit, r);
              for (int q = 0; q < m; q++) {
                int pixel = grid.outputPixel(unit, row, grid.outputColumn(unit, tile, q));
                if (pixel >= 0) {
                  int at = (r * m + q) * out;
                  if (bias != null) {
                    LINES.add(bias, 0, a, at, out);
                  }
                  if (relu) {
                    LINES.relu(a, at, out);
                  }
                  to.write(pixel * out, a, at, out);
                }
              }
            }
          }
        });
  }

  /** dM [n*n, tiles, N] = A dy A^T: the transpose of {@link #results} without bias and ReLU. */
  public void resultGradient(TileGrid grid, INDArray dy, int out, INDArray dProducts) {
    HostFloats from = new HostFloats(dy);
    HostFloats to = new HostFloats(dProducts);
    lanes.forEach(
        grid.units(),
        (unit, scratch) -> {
          float[] a = scratch.floats(0, n * n * out);
          float[] b = scratch.floats(1, n * n * out);
          for (int tile = 0; tile < grid.tilesOf(unit); tile++) {
            for (int r = 0; r < m; r++) {
              int row = grid.outputRow(unit, r);
              for (int q = 0; q < m; q++) {
                int pixel = grid.outputPixel(unit, row, grid.outputColumn(unit, tile, q));
                int at = (r * m + q) * out;
                if (pixel < 0) {
                  Arrays.fill(a, at, at + out, 0);
                } else {
                  from.read(pixel * out, a, at, out);
                }
              }
            }
            bothWays(outputTransposed, m, n, a, b, out);
            writeProducts(grid, unit, tile, a, out, to);
          }
        });
  }

  /** a [to, to, c] = T a [from, from, c] T^T; b is scratch. */
  private static void bothWays(Combination t, int from, int to, float[] a, float[] b, int c) {
    t.apply(a, 0, from * c, b, 0, from * c, from * c);
    for (int r = 0; r < to; r++) {
      t.apply(b, r * from * c, c, a, r * to * c, c, c);
    }
  }

  private void writeProducts(TileGrid grid, int unit, int tile, float[] a, int c, HostFloats to) {
    int at = grid.firstTile(unit) + tile;
    for (int t = 0; t < n * n; t++) {
      to.write((t * grid.tiles() + at) * c, a, t * c, c);
    }
  }

  private void readProducts(TileGrid grid, int unit, int tile, HostFloats from, int c, float[] a) {
    int at = grid.firstTile(unit) + tile;
    for (int t = 0; t < n * n; t++) {
      from.read((t * grid.tiles() + at) * c, a, t * c, c);
    }
  }

  /** The line of inputs before the first of outputs is r = 0. */
  private static int inputRow(TileGrid grid, int unit, int r) {
    return grid.outputRow(unit, r - 1);
  }

  private static int inputColumn(TileGrid grid, int unit, int tile, int q) {
    return grid.outputColumn(unit, tile, q - 1);
  }

  private static void add(HostFloats to, int at, float[] line, int offset, float[] sum, int n) {
    to.read(at, sum, 0, n);
    LINES.add(line, offset, sum, 0, n);
    to.write(at, sum, 0, n);
  }

  private interface Range {
    void of(int first, int end, Scratch scratch);
  }

  private void forEachRange(int count, Range body) {
    int parts = Math.min(count, 4 * lanes.count());
    lanes.forEach(
        parts,
        (p, scratch) ->
            body.of(
                (int) ((long) count * p / parts), (int) ((long) count * (p + 1) / parts), scratch));
  }
}
