package org.stylemining.nn;

import java.util.Optional;

/** Keeps every {@code step}-th pixel, from the first. */
final class Subsampling implements Layer {
  private final Buffers buffers;
  private final int step;
  private int height;
  private int width;

  Subsampling(Buffers buffers, int step) {
    this.buffers = buffers;
    this.step = step;
  }

  @Override
  public FeatureMap forward(FeatureMap x, boolean training) {
    height = x.height();
    width = x.width();
    FeatureMap y =
        buffers.map(x.batch(), (height + step - 1) / step, (width + step - 1) / step, x.channels());
    y.cube().assign(Kernels.subsample(x.cube(), 0, 0, step));
    return y;
  }

  @Override
  public Optional<LayerWork> work() {
    return Optional.of(
        new LayerWork("sub-sampling", "sub-sampling by " + step, "copy", "copy", 0, false));
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    FeatureMap dx = null;
    if (inputGradient) {
      dx = buffers.map(dy.batch(), height, width, dy.channels());
      Kernels.zero(dx.rows());
      Kernels.subsample(dx.cube(), 0, 0, step).assign(dy.cube());
    }
    buffers.give(dy);
    return dx;
  }
}
