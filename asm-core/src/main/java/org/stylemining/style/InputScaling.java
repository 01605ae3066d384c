package org.stylemining.style;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Kernels;
import org.stylemining.nn.Layer;

/**
 * A fixed affine map of the three colours, such as RGB 0..1 to the BGR 0..255 minus a mean that
 * Caffe's networks take.
 */
public final class InputScaling implements Layer {
  /** Mean of ImageNet, BGR 0..255, as DeepLab's official code has it. */
  private static final double[] DEEPLAB_MEAN = {104.00698793, 116.66876762, 122.67891434};

  private static final double[] CAFFE_MEAN = {104, 117, 123};

  private final Buffers buffers;
  private final boolean swap;
  private final double factor;
  private final double[] offset;
  private INDArray matrix;
  private INDArray shift;

  private InputScaling(Buffers buffers, boolean swap, double factor, double... offset) {
    this.buffers = buffers;
    this.swap = swap;
    this.factor = factor;
    this.offset = offset;
  }

  /** RGB 0..1 to BGR 0..255 minus the mean: the input of the task network. */
  public static InputScaling task(Buffers buffers) {
    return new InputScaling(
        buffers, true, 255, -DEEPLAB_MEAN[0], -DEEPLAB_MEAN[1], -DEEPLAB_MEAN[2]);
  }

  /** RGB 0..1 to scale * (BGR 0..255 minus 104, 117, 123). */
  static InputScaling caffe(Buffers buffers, double scale) {
    return new InputScaling(
        buffers,
        true,
        255 * scale,
        -CAFFE_MEAN[0] * scale,
        -CAFFE_MEAN[1] * scale,
        -CAFFE_MEAN[2] * scale);
  }

  /** RGB 0..1 to -2..2. */
  static InputScaling centred(Buffers buffers) {
    return new InputScaling(buffers, false, 4, -2, -2, -2);
  }

  private void prepare() {
    if (matrix != null) {
      return;
    }
    matrix = Nd4j.createUninitializedDetached(buffers.type(), 3, 3);
    matrix.assign(0);
    shift = Nd4j.createUninitializedDetached(buffers.type(), 3);
    for (int i = 0; i < 3; i++) {
      matrix.putScalar(swap ? 2 - i : i, i, factor);
      shift.putScalar(i, offset[i]);
    }
  }

  @Override
  public FeatureMap forward(FeatureMap x, boolean training) {
    prepare();
    INDArray y = buffers.take(x.pixels(), 3);
    Kernels.multiply(x.rows(), matrix, y);
    y.addiRowVector(shift);
    return x.with(y);
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    FeatureMap dx = null;
    if (inputGradient) {
      dx = dy.with(buffers.take(dy.pixels(), 3));
      Kernels.multiply(dy.rows(), false, matrix, true, dx.rows(), 0);
    }
    buffers.give(dy);
    return dx;
  }
}
