package org.stylemining.doctor;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.nn.HostValues;

/** How far one array is from another. */
final class Comparison {
  private Comparison() {}

  /**
   * |a - b| / |b|, Euclidean norms.
   *
   * @return infinity where b is zero or a number is none
   */
  static double relative(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "expected %d values, found %d".formatted(b.length, a.length));
    }
    double difference = 0;
    for (int i = 0; i < a.length; i++) {
      difference += (a[i] - b[i]) * (a[i] - b[i]);
    }
    double ratio = Math.sqrt(difference) / norm(b);
    return Double.isFinite(ratio) ? ratio : Double.POSITIVE_INFINITY;
  }

  /** The largest |a / b - 1| of all values; infinity where a number is none. */
  static double furthest(double[] a, double[] b) {
    double worst = 0;
    for (int i = 0; i < b.length; i++) {
      worst = Math.max(worst, Math.abs(a[i] / b[i] - 1));
    }
    return Double.isFinite(worst) ? worst : Double.POSITIVE_INFINITY;
  }

  /** The values of an array, in 'c' order. */
  static double[] values(INDArray array) {
    HostValues values = new HostValues(array);
    double[] result = new double[Math.toIntExact(array.length())];
    for (int i = 0; i < result.length; i++) {
      result[i] = values.get(i);
    }
    return result;
  }

  /** Euclidean norm. */
  static double norm(double[] a) {
    double sum = 0;
    for (double value : a) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
