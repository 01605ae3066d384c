package org.stylemining.nn;

/** The mean over all pixels of an image, per channel: [B, H, W, C] to [B, 1, 1, C]. */
public final class GlobalMean implements Layer {
  private final Buffers buffers;
  private int height;
  private int width;

  public GlobalMean(Buffers buffers) {
    this.buffers = buffers;
  }

  @Override
  public FeatureMap forward(FeatureMap x, boolean training) {
    height = x.height();
    width = x.width();
    FeatureMap y = buffers.map(x.batch(), 1, 1, x.channels());
    for (int b = 0; b < x.batch(); b++) {
      Kernels.multiply(buffers.ones(x.imagePixels()), x.image(b).rows(), y.image(b).rows());
    }
    y.rows().divi(x.imagePixels());
    return y;
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    FeatureMap dx = null;
    if (inputGradient) {
      dx = buffers.map(dy.batch(), height, width, dy.channels());
      dy.rows().divi(dx.imagePixels());
      for (int b = 0; b < dy.batch(); b++) {
        // Every pixel has the same share: the product of a column of ones and the gradient.
        Kernels.multiply(
            buffers.ones(dx.imagePixels()), true, dy.image(b).rows(), false, dx.image(b).rows(), 0);
      }
    }
    buffers.give(dy);
    return dx;
  }
}
