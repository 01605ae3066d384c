package org.stylemining.nn;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Element access to a whole array from Java at memory speed (an INDArray's own getters cost ten
 * times as much). On a GPU the array is brought to the host first; {@link #modified} says that the
 * host's copy is the newer one.
 */
public final class HostValues {
  private final INDArray array;
  private final FloatIndexer floats;
  private final DoubleIndexer doubles;

  /**
   * @param array 'c'-ordered, FLOAT or DOUBLE, not a view into the middle of another array
   */
  public HostValues(INDArray array) {
    if (array.ordering() != 'c'
        || array.offset() != 0
        || array.isView() && array.data().offset() != 0) {
      throw new IllegalArgumentException("expected a whole 'c'-ordered array, found a view");
    }
    this.array = array;
    Nd4j.getAffinityManager().ensureLocation(array, AffinityManager.Location.HOST);
    long[] length = {array.length()};
    long[] stride = {1};
    if (array.dataType() == DataType.FLOAT) {
      floats = FloatIndexer.create(new FloatPointer(array.data().pointer()), length, stride);
      doubles = null;
    } else {
      floats = null;
      doubles = DoubleIndexer.create(new DoublePointer(array.data().pointer()), length, stride);
    }
  }

  public double get(long i) {
    return floats != null ? floats.get(i) : doubles.get(i);
  }

  public void set(long i, double value) {
    if (floats != null) {
      floats.put(i, (float) value);
    } else {
      doubles.put(i, value);
    }
  }

  /** To be called after {@link #set}, before the array is used in an operation. */
  public void modified() {
    Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
  }

  /** All values as floats. */
  public float[] toFloats() {
    float[] values = new float[Math.toIntExact(array.length())];
    if (floats != null) {
      floats.get(0, values);
    } else {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) doubles.get(i);
      }
    }
    return values;
  }

  /** Writes all values. */
  public void put(float[] values) {
    if (values.length != array.length()) {
      throw new IllegalArgumentException(
          "expected %d values, found %d".formatted(array.length(), values.length));
    }
    if (floats != null) {
      floats.put(0, values);
    } else {
      for (int i = 0; i < values.length; i++) {
        doubles.put(i, values[i]);
      }
    }
    modified();
  }
}
