package org.stylemining.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A border around images, of zeros or of the image mirrored, and its exact transpose. */
final class BorderPadding {
  private final Buffers buffers;
  private final int width;
  private final Convolution.Padding kind;

  BorderPadding(Buffers buffers, int width, Convolution.Padding kind) {
    this.buffers = buffers;
    this.width = width;
    this.kind = kind;
  }

  /** Pixels on each side. */
  int width() {
    return width;
  }

  FeatureMap pad(FeatureMap x) {
    int h = x.height();
    int w = x.width();
    FeatureMap p = buffers.map(x.batch(), h + 2 * width, w + 2 * width, x.channels());
    INDArray cube = p.cube();
    if (kind == Convolution.Padding.ZERO) {
      Kernels.zero(p.rows());
      Kernels.window(cube, width, width, h, w).assign(x.cube());
      return p;
    }
    if (width >= h || width >= w) {
      throw new IllegalArgumentException(
          "an image of %d x %d is too small to be mirrored by %d pixels".formatted(w, h, width));
    }
    Kernels.window(cube, width, width, h, w).assign(x.cube());
    for (int k = 1; k <= width; k++) {
      Kernels.window(cube, width, width - k, h, 1)
          .assign(Kernels.window(cube, width, width + k, h, 1));
      Kernels.window(cube, width, width + w - 1 + k, h, 1)
          .assign(Kernels.window(cube, width, width + w - 1 - k, h, 1));
    }
    int full = w + 2 * width;
    for (int k = 1; k <= width; k++) {
      Kernels.window(cube, width - k, 0, 1, full)
          .assign(Kernels.window(cube, width + k, 0, 1, full));
      Kernels.window(cube, width + h - 1 + k, 0, 1, full)
          .assign(Kernels.window(cube, width + h - 1 - k, 0, 1, full));
    }
    return p;
  }

  /** The transpose of {@link #pad}; takes dp over. */
  FeatureMap unpad(FeatureMap dp) {
    int h = dp.height() - 2 * width;
    int w = dp.width() - 2 * width;
    INDArray cube = dp.cube();
    if (kind == Convolution.Padding.REFLECT) {
      int full = w + 2 * width;
      for (int k = 1; k <= width; k++) {
        Kernels.window(cube, width + k, 0, 1, full)
            .addi(Kernels.window(cube, width - k, 0, 1, full));
        Kernels.window(cube, width + h - 1 - k, 0, 1, full)
            .addi(Kernels.window(cube, width + h - 1 + k, 0, 1, full));
      }
      for (int k = 1; k <= width; k++) {
        Kernels.window(cube, width, width + k, h, 1)
            .addi(Kernels.window(cube, width, width - k, h, 1));
        Kernels.window(cube, width, width + w - 1 - k, h, 1)
            .addi(Kernels.window(cube, width, width + w - 1 + k, h, 1));
      }
    }
    FeatureMap dx = buffers.map(dp.batch(), h, w, dp.channels());
    dx.cube().assign(Kernels.window(cube, width, width, h, w));
    buffers.give(dp);
    return dx;
  }
}
