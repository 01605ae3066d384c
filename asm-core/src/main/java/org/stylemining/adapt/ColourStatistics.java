package org.stylemining.adapt;

import java.io.Serializable;
import org.stylemining.image.RgbImage;

/**
 * Mean and standard deviation over an image's pixels, for each RGB channel, 0..1.
 *
 * @param mean red, green, blue
 * @param deviation red, green, blue; the unbiased estimate, as AdaIN's
 */
record ColourStatistics(double[] mean, double[] deviation) implements Serializable {
  private static final int CHANNELS = 3;

  /** Under this a channel is flat, and has no contrast that could be scaled. */
  private static final double FLAT = 1e-4;

  static ColourStatistics of(RgbImage image) {
    byte[] rgb = image.rgb();
    long pixels = rgb.length / CHANNELS;
    double[] mean = new double[CHANNELS];
    double[] deviation = new double[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      long sum = 0;
      long squares = 0;
      for (int i = c; i < rgb.length; i += CHANNELS) {
        int v = rgb[i] & 0xff;
        sum += v;
        squares += v * v;
      }
      double m = (double) sum / pixels;
      double variance = Math.max(0, (squares - m * sum) / Math.max(1, pixels - 1));
      mean[c] = m / 255;
      deviation[c] = Math.sqrt(variance) / 255;
    }
    return new ColourStatistics(mean, deviation);
  }

  /**
   * The statistics with factors 1 + jitter * u on each value.
   *
   * @param u -1..1, for the three means and the three deviations
   */
  ColourStatistics jittered(double jitter, double[] u) {
    double[] means = mean.clone();
    double[] deviations = deviation.clone();
    for (int c = 0; c < CHANNELS; c++) {
      means[c] *= 1 + jitter * u[c];
      deviations[c] *= 1 + jitter * u[CHANNELS + c];
    }
    return new ColourStatistics(means, deviations);
  }

  /**
   * An image with these statistics: channel by channel (x - mean(x)) / deviation(x) * deviation +
   * mean, clipped to 0..1.
   *
   * @param into values of all pixels, RGB interleaved, from index {@code at} on
   */
  void give(RgbImage image, float[] into, int at) {
    ColourStatistics own = of(image);
    byte[] rgb = image.rgb();
    for (int i = 0; i < rgb.length; i++) {
      int c = i % CHANNELS;
      double standard = ((rgb[i] & 0xff) / 255.0 - own.mean[c]) / Math.max(FLAT, own.deviation[c]);
      into[at + i] = (float) Math.max(0, Math.min(1, standard * deviation[c] + mean[c]));
    }
  }
}
