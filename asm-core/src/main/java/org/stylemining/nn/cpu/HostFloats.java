package org.stylemining.nn.cpu;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The values of a float array in a CPU's memory, read and written in lines. Threads may share one.
 */
public final class HostFloats {
  /** Most values of an array, 2 GiB. */
  public static final int LARGEST = Integer.MAX_VALUE / Float.BYTES;

  private final FloatBuffer values;

  /**
   * @param array 'c'-ordered without gaps, FLOAT, less than 2 GiB; may be a view
   */
  public HostFloats(INDArray array) {
    if (array.dataType() != DataType.FLOAT || array.length() > LARGEST) {
      throw new IllegalArgumentException(
          "expected floats of less than 2 GiB, found %d of %s"
              .formatted(array.length(), array.dataType()));
    }
    // Of the view, where data().address() is of the whole buffer.
    long start = array.data().addressPointer().address();
    values =
        new FloatPointer(
                new Pointer() {
                  {
                    address = start;
                  }
                })
            .capacity(array.length())
            .asBuffer();
  }

  /** Copies n values from index {@code at}. */
  public void read(int at, float[] to, int offset, int n) {
    values.get(at, to, offset, n);
  }

  /** Writes n values from index {@code at}. */
  public void write(int at, float[] from, int offset, int n) {
    values.put(at, from, offset, n);
  }
}
