package org.stylemining.training;

import java.io.Serializable;

/**
 * How a row of values is cut into slices of about the same length. Slice s of every worker goes to
 * one task that averages them, so their number is how far averaging is spread.
 *
 * @param values in the row
 * @param count of slices
 */
record Slicing(long values, int count) implements Serializable {
  /** Most values of a slice, 16 MiB: what one of them needs of the heap. */
  private static final int LARGEST = 1 << 22;

  /** Fewest that are worth a task of their own. */
  private static final int SMALLEST = 1 << 16;

  /** For so many workers: at least as many slices, so that no task gets more than one row. */
  static Slicing of(long values, int workers) {
    long wanted = Math.max(workers, (values + LARGEST - 1) / LARGEST);
    long sensible = Math.max(1, values / SMALLEST);
    return new Slicing(values, Math.toIntExact(Math.min(wanted, sensible)));
  }

  /** Where slice s begins. */
  long start(int s) {
    return values * s / count;
  }

  /** How many values slice s has. */
  int length(int s) {
    return Math.toIntExact(start(s + 1) - start(s));
  }

  /** How many values of slice s are among the row's first n. */
  int leading(int s, long n) {
    return (int) Math.max(0, Math.min(length(s), n - start(s)));
  }

  /** A copy of slice s. */
  float[] read(RoundVectors vectors, int s) {
    float[] slice = new float[length(s)];
    vectors.read(start(s), slice);
    return slice;
  }
}
