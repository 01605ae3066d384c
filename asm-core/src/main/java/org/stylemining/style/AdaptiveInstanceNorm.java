package org.stylemining.style;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Kernels;

/**
 * AdaIN(f, mu_s, sigma_s) = sigma_s (f - mu(f)) / sigma(f) + mu_s (Huang and Belongie, 2017). The
 * content's part is normalised once; styles come and go.
 */
public final class AdaptiveInstanceNorm {
  private final Buffers buffers;
  private final FeatureMap normalised;

  /**
   * Normalises the content.
   *
   * @param content features [B, h, w, C]; not used afterwards
   */
  public AdaptiveInstanceNorm(FeatureMap content, Buffers buffers) {
    this.buffers = buffers;
    int c = content.channels();
    normalised = content.with(buffers.take(content.pixels(), c));
    for (int b = 0; b < content.batch(); b++) {
      INDArray rows = content.image(b).rows();
      INDArray out = normalised.image(b).rows();
      INDArray mean = Kernels.columnSums(rows, buffers).divi(content.imagePixels());
      INDArray variance = StyleVectors.variance(rows, mean, out, buffers);
      Kernels.affine(
          rows,
          mean,
          variance,
          StyleVectors.EPSILON,
          buffers.oneVector(c),
          buffers.zeroVector(c),
          out);
    }
  }

  /** Features [B, h, w, C] in the styles [B, 2C]; the caller gives them back. */
  public FeatureMap apply(INDArray styles) {
    int c = normalised.channels();
    FeatureMap y = normalised.with(buffers.take(normalised.pixels(), c));
    for (int b = 0; b < normalised.batch(); b++) {
      Kernels.affine(
          normalised.image(b).rows(),
          buffers.zeroVector(c),
          buffers.oneVector(c),
          0,
          StyleVectors.row(styles, b, c, c).dup(),
          StyleVectors.row(styles, b, 0, c).dup(),
          y.image(b).rows());
    }
    return y;
  }

  /**
   * Gradient at the styles [B, 2C], detached, from the gradient at {@link #apply}'s result, which
   * is given back.
   */
  public INDArray backward(FeatureMap dy) {
    int c = dy.channels();
    INDArray dStyles = Nd4j.createUninitializedDetached(buffers.type(), dy.batch(), 2L * c);
    for (int b = 0; b < dy.batch(); b++) {
      INDArray rows = dy.image(b).rows();
      StyleVectors.row(dStyles, b, 0, c).assign(Kernels.columnSums(rows, buffers));
      rows.muli(normalised.image(b).rows());
      StyleVectors.row(dStyles, b, c, c).assign(Kernels.columnSums(rows, buffers));
    }
    buffers.give(dy);
    return dStyles;
  }

  /** Gives the normalised content back to the pool. */
  public void release() {
    buffers.give(normalised);
  }
}
