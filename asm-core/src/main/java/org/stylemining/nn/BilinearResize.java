package org.stylemining.nn;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Bilinear resizing with aligned corners, and its exact transpose, as products with two small
 * interpolation matrices per image: out = A x C^T along height and width.
 */
public final class BilinearResize implements AutoCloseable {
  private final Buffers buffers;
  private final Map<Long, INDArray> matrices = new HashMap<>();

  public BilinearResize(Buffers buffers) {
    this.buffers = buffers;
  }

  /** x [B, h, w, C] resized to [B, height, width, C]. */
  public FeatureMap forward(FeatureMap x, int height, int width) {
    INDArray down = matrix(height, x.height());
    INDArray across = matrix(width, x.width());
    int c = x.channels();
    FeatureMap y = buffers.map(x.batch(), height, width, c);
    INDArray wide = buffers.take((long) x.height() * width, c);
    for (int b = 0; b < x.batch(); b++) {
      INDArray image = x.image(b).rows();
      for (int i = 0; i < x.height(); i++) {
        Kernels.multiply(
            across,
            Kernels.rows(image, (long) i * x.width(), x.width()),
            Kernels.rows(wide, (long) i * width, width));
      }
      Kernels.multiply(
          down,
          wide.reshape('c', x.height(), (long) width * c),
          y.image(b).rows().reshape('c', height, (long) width * c));
    }
    buffers.give(wide);
    return y;
  }

  /** The transpose: from dy [B, H, W, C] to [B, height, width, C]; dy stays the caller's. */
  public FeatureMap backward(FeatureMap dy, int height, int width) {
    INDArray down = matrix(dy.height(), height);
    INDArray across = matrix(dy.width(), width);
    int c = dy.channels();
    FeatureMap dx = buffers.map(dy.batch(), height, width, c);
    INDArray wide = buffers.take((long) height * dy.width(), c);
    for (int b = 0; b < dy.batch(); b++) {
      Kernels.multiply(
          down,
          true,
          dy.image(b).rows().reshape('c', dy.height(), (long) dy.width() * c),
          false,
          wide.reshape('c', height, (long) dy.width() * c),
          0);
      INDArray image = dx.image(b).rows();
      for (int i = 0; i < height; i++) {
        Kernels.multiply(
            across,
            true,
            Kernels.rows(wide, (long) i * dy.width(), dy.width()),
            false,
            Kernels.rows(image, (long) i * width, width),
            0);
      }
    }
    buffers.give(wide);
    return dx;
  }

  /** The interpolation matrix [to, from]: row i holds the weights of output i. */
  private INDArray matrix(int to, int from) {
    return matrices.computeIfAbsent(
        (long) to << 32 | from,
        k -> {
          INDArray a = Nd4j.createUninitializedDetached(buffers.type(), to, from);
          a.assign(0);
          HostValues values = new HostValues(a);
          for (int i = 0; i < to; i++) {
            double position = to == 1 ? 0 : (double) i * (from - 1) / (to - 1);
            int lower = Math.min((int) position, from - 1);
            int upper = Math.min(lower + 1, from - 1);
            double part = position - lower;
            values.set((long) i * from + lower, values.get((long) i * from + lower) + 1 - part);
            values.set((long) i * from + upper, values.get((long) i * from + upper) + part);
          }
          values.modified();
          return a;
        });
  }

  @Override
  public void close() {
    matrices.values().forEach(INDArray::close);
    matrices.clear();
  }
}
