package org.stylemining.doctor;

import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.HostValues;
import org.stylemining.nn.Kernels;

/** How fast matrices are multiplied: most of what a network does. */
final class ProductSpeed {
  private static final int SIZE = 1024;
  private static final int WARM_UP = 3;
  private static final int TIMES = 5;

  private ProductSpeed() {}

  /** Such as {@code 112 GFLOP/s}: the best of a few products of 1024 x 1024 floats. */
  static Fact measure(String where) {
    return new Fact("speed", "matrix product" + where, text());
  }

  private static String text() {
    try (Buffers buffers = new Buffers(DataType.FLOAT)) {
      INDArray a = filled("a", buffers);
      INDArray b = filled("b", buffers);
      INDArray c = buffers.take(SIZE, SIZE);
      long best = Long.MAX_VALUE;
      for (int i = 0; i < WARM_UP + TIMES; i++) {
        long start = System.nanoTime();
        Kernels.multiply(a, b, c);
        // A GPU may still be at work.
        Nd4j.getExecutioner().commit();
        if (i >= WARM_UP) {
          best = Math.min(best, System.nanoTime() - start);
        }
      }
      return String.format(
          Locale.ROOT, "%.0f GFLOP/s, %d x %d floats", 2.0 * SIZE * SIZE * SIZE / best, SIZE, SIZE);
    } catch (RuntimeException | LinkageError e) {
      return "failed: " + Causes.of(e);
    }
  }

  private static INDArray filled(String name, Buffers buffers) {
    INDArray array = buffers.take(SIZE, SIZE);
    new HostValues(array).put(Formula.values(name, SIZE * SIZE, 1));
    return array;
  }
}
