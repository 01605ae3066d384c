package org.stylemining.data.demo;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.stylemining.image.RgbImage;

/**
 * What the air's and the camera's unevenness add to a painted picture: softness, mottled light and
 * grain.
 */
final class Finish {
  private Finish() {}

  static RgbImage apply(RgbImage painted, Look look, SplittableRandom random) {
    int width = painted.width();
    int height = painted.height();
    byte[] soft = soften(painted, look.softness);
    double[] mottle = mottle(width, height, look.mottle, random);
    byte[] rgb = new byte[soft.length];
    for (int i = 0; i < width * height; i++) {
      double grain = look.grain * gaussian(random);
      for (int c = 0; c < 3; c++) {
        double own = look.grain * 0.5 * gaussian(random);
        double value = (soft[3 * i + c] & 255) * mottle[i] + grain + own;
        rgb[3 * i + c] = (byte) Math.max(0, Math.min(255, Math.round(value)));
      }
    }
    return new RgbImage(width, height, rgb);
  }

  /** A mix of the picture and its 3x3 mean. */
  private static byte[] soften(RgbImage image, double share) {
    if (share == 0) {
      return image.rgb();
    }
    byte[] out = new byte[image.rgb().length];
    for (int y = 0, o = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        for (int c = 0; c < 3; c++, o++) {
          int sum = 0;
          for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
              sum +=
                  image.at(
                      Math.max(0, Math.min(image.width() - 1, x + dx)),
                      Math.max(0, Math.min(image.height() - 1, y + dy)),
                      c);
            }
          }
          out[o] = (byte) Math.round(share * sum / 9 + (1 - share) * (image.rgb()[o] & 255));
        }
      }
    }
    return out;
  }

  /** Factors around 1 that vary smoothly at two sizes. */
  private static double[] mottle(int width, int height, double strength, SplittableRandom random) {
    double[] factors = new double[width * height];
    Arrays.fill(factors, 1);
    for (int cell : new int[] {Math.max(4, width / 6), Math.max(2, width / 40)}) {
      int columns = width / cell + 2;
      double[] knots = random.doubles((long) columns * (height / cell + 2)).toArray();
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int k = y / cell * columns + x / cell;
          double u = (double) (x % cell) / cell;
          double v = (double) (y % cell) / cell;
          double noise =
              (1 - v) * ((1 - u) * knots[k] + u * knots[k + 1])
                  + v * ((1 - u) * knots[k + columns] + u * knots[k + columns + 1]);
          factors[y * width + x] += strength * (noise - 0.5);
        }
      }
    }
    return factors;
  }

  /** Nearly normal with variance 1: the sum of four uniform numbers. */
  private static double gaussian(SplittableRandom random) {
    long bits = random.nextLong();
    int sum =
        (int) (bits & 0xFFFF)
            + (int) (bits >>> 16 & 0xFFFF)
            + (int) (bits >>> 32 & 0xFFFF)
            + (int) (bits >>> 48);
    return (sum - 2 * 65535.0) / 65535.0 * Math.sqrt(3);
  }
}
