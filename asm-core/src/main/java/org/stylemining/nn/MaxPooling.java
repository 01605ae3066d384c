package org.stylemining.nn;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** k x k max-pooling of stride 2. */
public final class MaxPooling implements Layer {
  /** How the number of windows along a side is rounded. */
  public enum Rounding {
    /** PyTorch's "ceil mode": a last, incomplete window counts. */
    CEIL,
    /** PyTorch's default: whole windows alone count, padding included. */
    FLOOR
  }

  private static final double BELOW_ALL = -1e30;
  private final Buffers buffers;
  private final int kernel;
  private final int before;
  private final Rounding rounding;
  private FeatureMap padded;
  private int height;
  private int width;

  /** Rounds up. */
  public MaxPooling(Buffers buffers, int kernel, int before) {
    this(buffers, kernel, before, Rounding.CEIL);
  }

  /**
   * @param kernel window size, 2 or 3
   * @param before padding on each side, 0 or 1; a window must start before the image's end
   * @param rounding whether a last, incomplete window counts
   */
  public MaxPooling(Buffers buffers, int kernel, int before, Rounding rounding) {
    this.buffers = buffers;
    this.kernel = kernel;
    this.before = before;
    this.rounding = rounding;
  }

  @Override
  public FeatureMap forward(FeatureMap x, boolean training) {
    height = x.height();
    width = x.width();
    int h = size(height);
    int w = size(width);
    // As many rows and columns as the windows cover: the image may lose none, so at least its own.
    int ph = Math.max(2 * (h - 1) + kernel, height + before);
    int pw = Math.max(2 * (w - 1) + kernel, width + before);
    FeatureMap p = buffers.map(x.batch(), ph, pw, x.channels());
    p.rows().assign(BELOW_ALL);
    Kernels.window(p.cube(), before, before, height, width).assign(x.cube());
    FeatureMap y = buffers.map(x.batch(), h, w, x.channels());
    Nd4j.exec(
        DynamicCustomOp.builder("maxpool2d")
            .addInputs(p.cube())
            .addOutputs(y.cube())
            .addIntegerArguments(geometry())
            .build());
    if (training) {
      padded = p;
    } else {
      buffers.give(p);
    }
    return y;
  }

  private int size(int n) {
    int room = n + 2 * before - kernel;
    if (rounding == Rounding.FLOOR) {
      if (room < 0) {
        throw new IllegalArgumentException(
            "expected at least %d pixels along each side, found %d"
                .formatted(kernel - 2 * before, n));
      }
      return room / 2 + 1;
    }
    int windows = (room + 1) / 2 + 1;
    return (windows - 1) * 2 >= n + before ? windows - 1 : windows;
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    FeatureMap dx = null;
    if (inputGradient) {
      FeatureMap dp =
          buffers.map(padded.batch(), padded.height(), padded.width(), padded.channels());
      INDArray cube = dp.cube();
      Nd4j.exec(
          DynamicCustomOp.builder("maxpool2d_bp")
              .addInputs(padded.cube(), dy.cube())
              .addOutputs(cube)
              .addIntegerArguments(geometry())
              .build());
      dx = buffers.map(dy.batch(), height, width, dy.channels());
      dx.cube().assign(Kernels.window(cube, before, before, height, width));
      buffers.give(dp);
    }
    buffers.give(padded);
    buffers.give(dy);
    padded = null;
    return dx;
  }

  @Override
  public Optional<LayerWork> work() {
    return Optional.of(
        new LayerWork(
            "max-pooling",
            "max-pooling %1$dx%1$d, stride 2".formatted(kernel),
            "maxpool2d",
            "maxpool2d_bp",
            0,
            false));
  }

  /** kH, kW, sH, sW, pH, pW, dH, dW, padding given (0), unused, channels last (1). */
  private int[] geometry() {
    return new int[] {kernel, kernel, 2, 2, 0, 0, 1, 1, 0, 1, 1};
  }
}
