package org.stylemining.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Doubles height and width, each pixel repeated. */
public final class NearestUpsampling implements Layer {
  private final Buffers buffers;

  public NearestUpsampling(Buffers buffers) {
    this.buffers = buffers;
  }

  @Override
  public FeatureMap forward(FeatureMap x, boolean training) {
    FeatureMap y = buffers.map(x.batch(), 2 * x.height(), 2 * x.width(), x.channels());
    INDArray cube = y.cube();
    INDArray small = x.cube();
    for (int k = 0; k < 4; k++) {
      Kernels.subsample(cube, k / 2, k % 2, 2).assign(small);
    }
    return y;
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    FeatureMap dx = null;
    if (inputGradient) {
      dx = buffers.map(dy.batch(), dy.height() / 2, dy.width() / 2, dy.channels());
      INDArray cube = dy.cube();
      INDArray small = dx.cube();
      small.assign(Kernels.subsample(cube, 0, 0, 2));
      for (int k = 1; k < 4; k++) {
        small.addi(Kernels.subsample(cube, k / 2, k % 2, 2));
      }
    }
    buffers.give(dy);
    return dx;
  }
}
