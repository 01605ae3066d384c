package org.stylemining.adapt;

import org.stylemining.image.LabelMap;

/**
 * The likeliest class of each pixel of an image from predictions of a lower resolution, which are
 * interpolated bilinearly with aligned corners. Works row by row: the interpolated predictions, 4 K
 * bytes a pixel, never exist as a whole.
 */
final class LikeliestClass {
  /** A class this much less likely than the likeliest, as a logit, adds less than 1e-6 to 1. */
  private static final float NEGLIGIBLE = -14;

  private LikeliestClass() {}

  /**
   * Labels an image.
   *
   * @param logits [height, width, K], row-major
   * @param from where in {@code logits} the image's predictions begin
   * @param rows their height
   * @param columns their width
   * @param classes K
   * @param width pixels of the labels
   * @param height pixels of the labels
   * @param probabilities whether the probability of the class is wanted too
   */
  static Segmentation of(
      float[] logits,
      int from,
      int rows,
      int columns,
      int classes,
      int width,
      int height,
      boolean probabilities) {
    Axis down = Axis.of(rows, height);
    Axis across = Axis.of(columns, width);
    byte[] ids = new byte[Math.multiplyExact(width, height)];
    byte[] likely = probabilities ? new byte[ids.length] : null;
    float[] row = new float[columns * classes];
    float[] pixel = new float[classes];
    int at = 0;
    for (int y = 0; y < height; y++) {
      int upper = from + down.first[y] * row.length;
      int lower = from + down.second[y] * row.length;
      float part = down.part[y];
      for (int i = 0; i < row.length; i++) {
        row[i] = logits[upper + i] * (1 - part) + logits[lower + i] * part;
      }
      for (int x = 0; x < width; x++) {
        int left = across.first[x] * classes;
        int right = across.second[x] * classes;
        float share = across.part[x];
        int label = 0;
        float best = Float.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
          float v = row[left + k] * (1 - share) + row[right + k] * share;
          pixel[k] = v;
          if (v > best) {
            best = v;
            label = k;
          }
        }
        ids[at] = (byte) label;
        if (probabilities) {
          likely[at] = (byte) Math.round(255 * softmaxOfLargest(pixel, best));
        }
        at++;
      }
    }
    return new Segmentation(new LabelMap(width, height, ids), likely);
  }

  private static double softmaxOfLargest(float[] logits, float largest) {
    double sum = 0;
    for (float logit : logits) {
      float less = logit - largest;
      if (less > NEGLIGIBLE) {
        sum += Math.exp(less);
      }
    }
    return 1 / sum;
  }

  /** For each output position the two inputs it lies between, and how near the second it is. */
  private record Axis(int[] first, int[] second, float[] part) {
    static Axis of(int from, int to) {
      Axis axis = new Axis(new int[to], new int[to], new float[to]);
      for (int i = 0; i < to; i++) {
        double position = to == 1 ? 0 : (double) i * (from - 1) / (to - 1);
        axis.first[i] = Math.min((int) position, from - 1);
        axis.second[i] = Math.min(axis.first[i] + 1, from - 1);
        axis.part[i] = (float) (position - axis.first[i]);
      }
      return axis;
    }
  }
}
