package org.stylemining.style;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Kernels;

/**
 * Style vectors s = mu (+) sigma, [B, 2C]: per image and channel, the mean over pixels and
 * sqrt(variance + 1e-5), the variance unbiased.
 */
public final class StyleVectors {
  static final double EPSILON = 1e-5;

  private StyleVectors() {}

  /** Style vectors [B, 2C] of features [B, h, w, C], detached; the caller closes them. */
  public static INDArray of(FeatureMap x, Buffers buffers) {
    int c = x.channels();
    INDArray styles = Nd4j.createUninitializedDetached(buffers.type(), x.batch(), 2L * c);
    INDArray centred = buffers.take(x.imagePixels(), c);
    for (int b = 0; b < x.batch(); b++) {
      INDArray rows = x.image(b).rows();
      INDArray mean = Kernels.columnSums(rows, buffers).divi(x.imagePixels());
      INDArray variance = variance(rows, mean, centred, buffers);
      row(styles, b, 0, c).assign(mean);
      row(styles, b, c, c).assign(Kernels.squareRoot(variance.addi(EPSILON)));
    }
    buffers.give(centred);
    return styles;
  }

  /** Unbiased variance of the columns of rows. */
  static INDArray variance(INDArray rows, INDArray mean, INDArray scratch, Buffers buffers) {
    Kernels.center(rows, mean, scratch, buffers);
    scratch.muli(scratch);
    return Kernels.columnSums(scratch, buffers).divi(Math.max(1, rows.size(0) - 1));
  }

  /**
   * The backward pass of {@link #of}: dL/dx = dmu / n + dsigma (x - mu) / ((n - 1) sigma).
   *
   * @param styles what {@link #of} gave for x
   * @param dStyles gradient at it, [B, 2C]
   * @return gradient at x, from the pool
   */
  public static FeatureMap backward(
      FeatureMap x, INDArray styles, INDArray dStyles, Buffers buffers) {
    int c = x.channels();
    long n = x.imagePixels();
    FeatureMap dx = x.with(buffers.take(x.pixels(), c));
    for (int b = 0; b < x.batch(); b++) {
      INDArray mean = row(styles, b, 0, c).dup();
      INDArray sigma = row(styles, b, c, c);
      INDArray slope = row(dStyles, b, c, c).div(sigma).divi(Math.max(1, n - 1));
      INDArray offset = row(dStyles, b, 0, c).div(n);
      Kernels.affine(
          x.image(b).rows(), mean, buffers.oneVector(c), 0, slope, offset, dx.image(b).rows());
    }
    return dx;
  }

  /** Part of one row of [B, n] as a vector, a view. */
  static INDArray row(INDArray matrix, int row, long from, long length) {
    return Kernels.columns(Kernels.rows(matrix, row, 1), from, length).reshape(length);
  }
}
