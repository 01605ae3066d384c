package org.stylemining.weights;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * A parameter or running statistic of a network, by the name it has in the published PyTorch model.
 *
 * @param name such as {@code layer1.0.conv1.weight}, never blank
 * @param shape sizes per dimension, each at least 0; empty for a single number. Convolution kernels
 *     are [out, in, height, width], fully connected weights [out, in]
 * @param data the values in row-major order (last dimension fastest), as many as the product of the
 *     shape. Not copied: whoever hands an array over leaves it alone afterwards
 */
public record NamedTensor(String name, long[] shape, float[] data) implements Serializable {

  /**
   * Checks that shape and data belong together.
   *
   * @throws IllegalArgumentException where the name is blank, or the shape does not give the number
   *     of values
   */
  public NamedTensor {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(data, "data");
    if (name.isBlank()) {
      throw new IllegalArgumentException("a tensor needs a name");
    }
    long expected = Shapes.elements(shape);
    if (expected != data.length) {
      throw new IllegalArgumentException(
          "tensor "
              + name
              + ": shape "
              + Arrays.toString(shape)
              + " needs "
              + expected
              + " values, found "
              + data.length);
    }
  }

  /** The same values under another name. */
  public NamedTensor named(String newName) {
    return new NamedTensor(newName, shape, data);
  }

  /** Equal where name, shape and every value (bit for bit) are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof NamedTensor that
        && name.equals(that.name)
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, Arrays.hashCode(shape), Arrays.hashCode(data));
  }

  /** Name and shape; the values are too many to be read. */
  @Override
  public String toString() {
    return name + Arrays.toString(shape);
  }
}
