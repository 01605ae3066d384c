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
    read(0, values, 0, values.length);
    return values;
  }

  /** Copies n values from index {@code from} to {@code to} from its index {@code at} on. */
  public void read(long from, float[] to, int at, int n) {
    if (floats != null) {
      new FloatPointer(array.data().pointer()).position(from).get(to, at, n);
    } else {
      for (int i = 0; i < n; i++) {
        to[at + i] = (float) doubles.get(from + i);
      }
    }
  }

  /** Writes n values from index {@code at} of an array to index {@code to} and behind. */
  public void write(long to, float[] from, int at, int n) {
    if (floats != null) {
      new FloatPointer(array.data().pointer()).position(to).put(from, at, n);
    } else {
      for (int i = 0; i < n; i++) {
        doubles.put(to + i, from[at + i]);
      }
    }
    modified();
  }

  /** Writes all values. */
  public void put(float[] values) {
    if (values.length != array.length()) {
      throw new IllegalArgumentException(
          "expected %d values, found %d".formatted(array.length(), values.length));
    }
    write(0, values, 0, values.length);
  }
}
