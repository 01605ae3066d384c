package org.stylemining.adapt;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Flat vectors of parameters and state. */
public final class Vectors {
  private Vectors() {}

  /**
   * Copies one vector's values into another of the same length, whatever their shapes ([n] or [1,
   * n]); nulls are empty.
   */
  public static void copy(INDArray from, INDArray to) {
    long given = from == null ? 0 : from.length();
    long due = to == null ? 0 : to.length();
    if (given != due) {
      throw new IllegalArgumentException("expected %d values, found %d".formatted(due, given));
    }
    if (due > 0) {
      to.reshape(due).assign(from.reshape(due));
    }
  }
}
