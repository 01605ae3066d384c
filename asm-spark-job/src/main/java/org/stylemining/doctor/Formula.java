package org.stylemining.doctor;

/** Numbers for checks: functions of a name and an index alone, the same on every machine. */
final class Formula {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double SCALE = 0x1p-52;

  private Formula() {}

  /** Number i of the sequence of that name: spread over [-1, 1), exact in float. */
  static float value(String name, long i) {
    // SplitMix64 (Steele, Lea and Flood, 2014).
    long z = (name.hashCode() * 31L + i + 1) * GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    return (float) ((z >> 11) * SCALE);
  }

  /** The first n numbers of a sequence, times a factor. */
  static float[] values(String name, int n, double factor) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (value(name, i) * factor);
    }
    return values;
  }
}
