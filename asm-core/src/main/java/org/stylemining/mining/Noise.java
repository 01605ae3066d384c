package org.stylemining.mining;

import java.util.Random;

/**
 * Random numbers that depend on the run's seed, a sample's position in the training order and a
 * mining step alone, so that they are the same wherever and whenever the sample is trained on.
 */
public record Noise(long seed) {

  /** n ~ N(0, I), L values. */
  public double[] normal(long position, int miningStep, int length) {
    Random random = random(position, miningStep);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  /** Numbers u ~ U(-1, 1), as many as asked for. */
  public double[] uniform(long position, int miningStep, int length) {
    Random random = random(position, miningStep);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = 2 * random.nextDouble() - 1;
    }
    return values;
  }

  /** A number from 0 to bound - 1. */
  public int choice(long position, int bound) {
    return bound == 1 ? 0 : random(position, -1).nextInt(bound);
  }

  private Random random(long position, int stream) {
    long h = seed * 0x9E3779B97F4A7C15L + position;
    h = mix(h) + stream * 0xBF58476D1CE4E5B9L;
    return new Random(mix(h));
  }

  /** The finaliser of SplitMix64 (Steele et al., 2014). */
  private static long mix(long z) {
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
