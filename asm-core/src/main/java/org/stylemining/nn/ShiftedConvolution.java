package org.stylemining.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A k x k convolution of stride 1 and any dilation, output as large as the input, as k*k matrix
 * products: in the padded image, seen as rows of pixels, each tap of the kernel is the same rows
 * shifted by a constant.
 */
final class ShiftedConvolution implements ConvolutionAlgorithm {
  private final Buffers buffers;
  private final Parameter weight;
  private final BiasRelu after;
  private final int in;
  private final int out;
  private final int kernel;
  private final int dilation;
  private final BorderPadding padding;
  private FeatureMap padded;

  /**
   * @param weight [k, k, in, out]
   */
  ShiftedConvolution(
      Buffers buffers, Parameter weight, BiasRelu after, int dilation, Convolution.Padding border) {
    this.buffers = buffers;
    this.weight = weight;
    this.after = after;
    kernel = (int) weight.shape()[0];
    in = (int) weight.shape()[2];
    out = (int) weight.shape()[3];
    this.dilation = dilation;
    padding = new BorderPadding(buffers, kernel / 2 * dilation, border);
  }

  @Override
  public FeatureMap forward(FeatureMap x, boolean training) {
    FeatureMap p = padding.pad(x);
    // Row r of the result's padded grid is the output pixel whose window starts at row r of p.
    FeatureMap grid = buffers.map(p.batch(), p.height(), p.width(), out);
    long span = span(p);
    INDArray results = Kernels.rows(grid.rows(), 0, span);
    for (int tap = 0; tap < kernel * kernel; tap++) {
      Kernels.multiply(
          Kernels.rows(p.rows(), shift(p, tap), span),
          false,
          matrix(weight.value(), tap),
          false,
          results,
          tap == 0 ? 0 : 1);
    }
    FeatureMap y = buffers.map(x.batch(), x.height(), x.width(), out);
    y.cube().assign(Kernels.window(grid.cube(), 0, 0, x.height(), x.width()));
    buffers.give(grid);
    if (training && weight.hasGradient()) {
      padded = p;
    } else {
      padded = null;
      buffers.give(p);
    }
    after.forward(y.rows(), training);
    return y;
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    int border = padding.width();
    FeatureMap grid =
        buffers.map(dy.batch(), dy.height() + 2 * border, dy.width() + 2 * border, out);
    Kernels.zero(grid.rows());
    Kernels.window(grid.cube(), 0, 0, dy.height(), dy.width()).assign(dy.cube());
    buffers.give(dy);
    long span = span(grid);
    INDArray gradients = Kernels.rows(grid.rows(), 0, span);
    if (weight.hasGradient()) {
      for (int tap = 0; tap < kernel * kernel; tap++) {
        Kernels.addWeightGradient(
            Kernels.rows(padded.rows(), shift(grid, tap), span),
            gradients,
            matrix(weight.gradient(), tap),
            buffers);
      }
      buffers.give(padded);
      padded = null;
    }
    FeatureMap dx = null;
    if (inputGradient) {
      FeatureMap dp = buffers.map(grid.batch(), grid.height(), grid.width(), in);
      Kernels.zero(dp.rows());
      for (int tap = 0; tap < kernel * kernel; tap++) {
        Kernels.multiply(
            gradients,
            false,
            matrix(weight.value(), tap),
            true,
            Kernels.rows(dp.rows(), shift(grid, tap), span),
            1);
      }
      dx = padding.unpad(dp);
    }
    buffers.give(grid);
    return dx;
  }

  @Override
  public String forwardName() {
    return "%d shifted matmul".formatted(kernel * kernel);
  }

  @Override
  public String backwardName() {
    return forwardName();
  }

  private long shift(FeatureMap grid, int tap) {
    return (long) (tap / kernel) * dilation * grid.width() + (long) (tap % kernel) * dilation;
  }

  /** Number of rows from which every tap stays within the grid. */
  private long span(FeatureMap grid) {
    return grid.pixels() - shift(grid, kernel * kernel - 1);
  }

  private INDArray matrix(INDArray a, int tap) {
    return Kernels.rows(a.reshape('c', (long) kernel * kernel * in, out), (long) tap * in, in);
  }
}
