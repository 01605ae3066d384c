package org.stylemining.training;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.nn.HostValues;

/**
 * Theta and the optimizer's state, off the heap, and the two as one row of values that is read and
 * written in slices: nothing here ever needs as much heap as a network has parameters.
 */
final class RoundVectors implements AutoCloseable {
  private static final int BLOCK = 1 << 14;

  private final INDArray theta;
  private final INDArray state;

  /**
   * Vectors with arbitrary contents.
   *
   * @param parameters n
   * @param states 0, n or 2n
   */
  RoundVectors(long parameters, long states) {
    theta = Nd4j.createUninitializedDetached(DataType.FLOAT, parameters);
    state = states == 0 ? null : Nd4j.createUninitializedDetached(DataType.FLOAT, states);
  }

  /** The parameters [n]. */
  INDArray theta() {
    return theta;
  }

  /** The optimizer's state [n] or [2n]; null where it has none. */
  INDArray state() {
    return state;
  }

  /** Values of both. */
  long length() {
    return theta.length() + (state == null ? 0 : state.length());
  }

  /** Copies others of these lengths in; the state may be null where there is none. */
  void assign(INDArray otherTheta, INDArray otherState) {
    theta.assign(otherTheta.reshape(theta.length()));
    if (state != null) {
      state.assign(otherState.reshape(state.length()));
    }
  }

  /** What is not finite, such as {@code its parameters are not finite}; null where all is. */
  String notFinite() {
    if (!isFinite(theta)) {
      return "its parameters are not finite";
    }
    return state == null || isFinite(state) ? null : "its optimizer state is not finite";
  }

  private static boolean isFinite(INDArray vector) {
    HostValues values = new HostValues(vector);
    float[] block = new float[BLOCK];
    for (long from = 0; from < vector.length(); from += BLOCK) {
      int n = (int) Math.min(BLOCK, vector.length() - from);
      values.read(from, block, 0, n);
      for (int i = 0; i < n; i++) {
        if (!Float.isFinite(block[i])) {
          return false;
        }
      }
    }
    return true;
  }

  /** Copies values from place {@code from} of the row into all of {@code to}. */
  void read(long from, float[] to) {
    int ofTheta = inTheta(from, to.length);
    if (ofTheta > 0) {
      new HostValues(theta).read(from, to, 0, ofTheta);
    }
    if (ofTheta < to.length) {
      new HostValues(state)
          .read(Math.max(0, from - theta.length()), to, ofTheta, to.length - ofTheta);
    }
  }

  /** Writes all values to place {@code to} of the row and behind. */
  void write(long to, float[] values) {
    int ofTheta = inTheta(to, values.length);
    if (ofTheta > 0) {
      new HostValues(theta).write(to, values, 0, ofTheta);
    }
    if (ofTheta < values.length) {
      new HostValues(state)
          .write(Math.max(0, to - theta.length()), values, ofTheta, values.length - ofTheta);
    }
  }

  private int inTheta(long from, int length) {
    return (int) Math.max(0, Math.min(length, theta.length() - from));
  }

  @Override
  public void close() {
    theta.close();
    if (state != null) {
      state.close();
    }
  }
}
