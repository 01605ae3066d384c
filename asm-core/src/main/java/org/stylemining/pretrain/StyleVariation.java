package org.stylemining.pretrain;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.stylemining.image.Resize;
import org.stylemining.image.RgbImage;

/**
 * Random crops of style images, under strong changes of gamma, brightness, colour and contrast
 * where asked.
 */
final class StyleVariation {
  private static final double SHARE = 0.8;
  private final int size;
  private final boolean vary;

  /**
   * @param size of the squares that come out, pixels
   */
  StyleVariation(int size, boolean vary) {
    this.size = size;
    this.vary = vary;
  }

  /** What is random about the image at a position of the training order. */
  static SplittableRandom random(long seed, long position) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ position * 0xBF58476D1CE4E5B9L);
  }

  /** A square of {@code size} pixels from the image. */
  RgbImage crop(RgbImage image, RandomGenerator random) {
    // The window is up to a quarter smaller or larger than the result, as far as the image allows.
    int shortest = Math.min(image.width(), image.height());
    int window = Math.min(shortest, (int) Math.round(size * (0.75 + 0.5 * random.nextDouble())));
    RgbImage cut =
        image.crop(
            random.nextInt(image.width() - window + 1),
            random.nextInt(image.height() - window + 1),
            window,
            window);
    RgbImage square = window == size ? cut : Resize.bicubic(cut, size, size);
    return vary && random.nextDouble() < SHARE ? varied(square, random) : square;
  }

  /**
   * Gamma e^-0.9..0.9, brightness e^-1.4..0.3 times 0.8..1.2 per colour, contrast 0.5..1.5 around
   * the mean. Grey images stay grey: where there are no others, a style in colour is none.
   */
  private static RgbImage varied(RgbImage image, RandomGenerator random) {
    double gamma = Math.exp(1.8 * random.nextDouble() - 0.9);
    double brightness = Math.exp(1.7 * random.nextDouble() - 1.4);
    double contrast = 0.5 + random.nextDouble();
    byte[] in = image.rgb();
    byte[] out = new byte[in.length];
    double tint = isGrey(in) ? 0 : 0.2;
    for (int c = 0; c < 3; c++) {
      double gain = brightness * (1 + tint * (2 * random.nextDouble() - 1));
      double[] curve = new double[256];
      for (int v = 0; v < 256; v++) {
        curve[v] = Math.pow(Math.max(v / 255.0, 1e-4), gamma) * gain;
      }
      double mean = 0;
      for (int i = c; i < in.length; i += 3) {
        mean += curve[in[i] & 0xff];
      }
      mean /= in.length / 3.0;
      for (int i = c; i < in.length; i += 3) {
        double v = (curve[in[i] & 0xff] - mean) * contrast + mean;
        out[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, v)));
      }
    }
    return new RgbImage(image.width(), image.height(), out);
  }

  private static boolean isGrey(byte[] rgb) {
    for (int i = 0; i < rgb.length; i += 3) {
      if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) {
        return false;
      }
    }
    return true;
  }
}
