package org.stylemining.weights;

import java.util.Arrays;

/** Sizes of tensors. */
final class Shapes {

  private Shapes() {}

  /**
   * Number of values of a tensor.
   *
   * @throws IllegalArgumentException where a size is negative or the product overflows
   */
  static long elements(long[] shape) {
    long product = 1;
    for (long size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(shape) + " has a negative size");
      }
      try {
        product = Math.multiplyExact(product, size);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(shape) + " has more values than can be counted", e);
      }
    }
    return product;
  }
}
