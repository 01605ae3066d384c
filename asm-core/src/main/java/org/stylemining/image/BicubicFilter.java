package org.stylemining.image;

import java.util.Arrays;

/**
 * Separable bicubic resampling in fixed point: rows first, rounded to bytes, then columns. The
 * fixed point (22 bits) and the rounding between the passes are PIL's, so that the result equals
 * PIL's.
 */
final class BicubicFilter {
  private static final int FRACTION_BITS = 22;
  private static final int HALF = 1 << (FRACTION_BITS - 1);
  private static final double RADIUS = 2.0;
  private static final double A = -0.5;

  private BicubicFilter() {}

  /** The part of {@code w x h} pixels from (left, top) on of the image in another size. */
  static RgbImage apply(RgbImage image, int width, int height, int left, int top, int w, int h) {
    Taps rows = Taps.of(image.height(), height);
    // Rows first: only those that the wanted columns of pixels are made of.
    int from = image.height() == height ? top : rows.first[top];
    int last = top + h - 1;
    int to = image.height() == height ? top + h : rows.first[last] + rows.weights[last].length;
    RgbImage wide =
        image.width() == width
            ? image.crop(left, from, w, to - from)
            : resizeRows(image, Taps.of(image.width(), width), left, w, from, to);
    return image.height() == height ? wide : resizeColumns(wide, rows, from, top, h);
  }

  private static RgbImage resizeRows(
      RgbImage image, Taps taps, int left, int width, int from, int to) {
    byte[] in = image.rgb();
    byte[] out = new byte[3 * width * (to - from)];
    int o = 0;
    for (int y = from; y < to; y++) {
      int row = 3 * y * image.width();
      for (int x = left; x < left + width; x++) {
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        int i = row + 3 * taps.first[x];
        for (int weight : taps.weights[x]) {
          red += (in[i] & 0xFF) * weight;
          green += (in[i + 1] & 0xFF) * weight;
          blue += (in[i + 2] & 0xFF) * weight;
          i += 3;
        }
        out[o++] = clip(red);
        out[o++] = clip(green);
        out[o++] = clip(blue);
      }
    }
    return new RgbImage(width, to - from, out);
  }

  /**
   * @param image rows of the original height's from {@code from} on
   */
  private static RgbImage resizeColumns(RgbImage image, Taps taps, int from, int top, int height) {
    int stride = 3 * image.width();
    byte[] in = image.rgb();
    byte[] out = new byte[stride * height];
    int[] sums = new int[stride];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, HALF);
      int row = stride * (taps.first[top + y] - from);
      for (int weight : taps.weights[top + y]) {
        for (int i = 0; i < stride; i++) {
          sums[i] += (in[row + i] & 0xFF) * weight;
        }
        row += stride;
      }
      int o = stride * y;
      for (int i = 0; i < stride; i++) {
        out[o + i] = clip(sums[i]);
      }
    }
    return new RgbImage(image.width(), height, out);
  }

  private static byte clip(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> FRACTION_BITS));
  }

  /**
   * For each output pixel the first input pixel under the filter and the fixed-point weights from
   * there on.
   */
  private static final class Taps {
    final int[] first;
    final int[][] weights;

    private Taps(int size) {
      first = new int[size];
      weights = new int[size][];
    }

    static Taps of(int from, int to) {
      Taps taps = new Taps(to);
      double scale = (double) from / to;
      double stretch = Math.max(scale, 1.0);
      double radius = RADIUS * stretch;
      double shrink = 1.0 / stretch;
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * scale;
        int low = Math.max(0, (int) (centre - radius + 0.5));
        int high = Math.min(from, (int) (centre + radius + 0.5));
        double[] exact = new double[high - low];
        double sum = 0;
        for (int k = 0; k < exact.length; k++) {
          exact[k] = cubic((k + low - centre + 0.5) * shrink);
          sum += exact[k];
        }
        taps.first[i] = low;
        taps.weights[i] = new int[exact.length];
        for (int k = 0; k < exact.length; k++) {
          double weight = exact[k] * (1 << FRACTION_BITS) / sum;
          taps.weights[i][k] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
        }
      }
      return taps;
    }

    /** Keys' cubic convolution kernel. */
    private static double cubic(double x) {
      double d = Math.abs(x);
      if (d < 1.0) {
        return ((A + 2.0) * d - (A + 3.0)) * d * d + 1;
      }
      return d < RADIUS ? (((d - 5) * d + 8) * d - 4) * A : 0;
    }
  }
}
