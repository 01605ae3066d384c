package org.stylemining.data;

/** Independent seeds from one: the same parts give the same seed on every machine. */
public final class Seeds {
  private Seeds() {}

  /** A seed for what {@code parts} name, such as a purpose and a position. */
  public static long mix(long seed, long... parts) {
    long mixed = scramble(seed);
    for (long part : parts) {
      mixed = scramble(mixed ^ scramble(part + 0x9E3779B97F4A7C15L));
    }
    return mixed;
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
  private static long scramble(long z) {
    z = (z + 0x9E3779B97F4A7C15L);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
