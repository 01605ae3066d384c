package org.stylemining.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * A tensor as a PyTorch checkpoint describes it: a view of a storage that is kept elsewhere in the
 * file.
 *
 * @param storage that holds the values
 * @param offset of the first value, in values
 * @param shape sizes per dimension
 * @param stride step per dimension, in values
 */
record TorchTensor(Storage storage, long offset, long[] shape, long[] stride) {

  /**
   * Values that several tensors may share.
   *
   * @param key names it in the file
   * @param type of its values
   * @param begin where it starts, in values, within what the file holds under the key (not 0 only
   *     in files of PyTorch before 0.4)
   * @param elements number of values
   */
  record Storage(String key, ElementType type, long begin, long elements) {
    /** Bytes that the file must at least hold under the key. */
    long bytes() {
      return Math.multiplyExact(Math.addExact(begin, elements), (long) type.bytes());
    }
  }

  /**
   * Rejects what lies outside its storage.
   *
   * @throws IllegalArgumentException where it does, or sizes and steps do not fit together
   */
  TorchTensor {
    if (shape.length != stride.length) {
      throw new IllegalArgumentException(
          shape.length + " sizes, but " + stride.length + " strides");
    }
    long last = offset;
    for (int d = 0; d < shape.length; d++) {
      if (stride[d] < 0) {
        throw new IllegalArgumentException("stride " + Arrays.toString(stride) + " is negative");
      }
      last = Math.addExact(last, Math.multiplyExact(Math.max(shape[d] - 1, 0), stride[d]));
    }
    long elements = Shapes.elements(shape);
    if (offset < 0 || elements > 0 && last >= storage.elements()) {
      throw new IllegalArgumentException(
          "a view of values "
              + offset
              + " to "
              + last
              + " of a storage of "
              + storage.elements()
              + " values");
    }
    // A stride of 0 repeats values without end.
    if (elements > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(elements + " values are more than one tensor may have");
    }
  }

  /**
   * The values in row-major order.
   *
   * @param bytes all that the file holds under the storage's key
   */
  float[] values(byte[] bytes) {
    int width = storage.type().bytes();
    IntToDoubleFunction value =
        storage.type().reader(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    float[] values = new float[(int) Shapes.elements(shape)];
    long[] index = new long[shape.length];
    long at = storage.begin() + offset;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value.applyAsDouble(Math.toIntExact(at * width));
      for (int d = shape.length - 1; d >= 0; d--) {
        at += stride[d];
        if (++index[d] < shape[d]) {
          break;
        }
        at -= stride[d] * shape[d];
        index[d] = 0;
      }
    }
    return values;
  }
}
