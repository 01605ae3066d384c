package org.stylemining.comparison;

import org.stylemining.score.ConfusionMatrix;

/** What networks are compared by, a fraction 0..1 over a whole set of images. */
public enum Measure {
  /** Mean of the classes' intersection over union, over the classes that the truth shows. */
  MEAN_IOU("mIoU", "IoU") {
    @Override
    double of(long truth, long taken, long both) {
      return (double) both / (truth + taken - both);
    }

    @Override
    double of(long[] counts) {
      double sum = 0;
      int present = 0;
      for (int c = 0; c < counts.length; c += 3) {
        if (counts[c] > 0) {
          sum += of(counts[c], counts[c + 1], counts[c + 2]);
          present++;
        }
      }
      return sum / present;
    }
  },
  /** Share that is right of all that truly is of one of the classes. */
  ACCURACY("accuracy", "accuracy") {
    @Override
    double of(long truth, long taken, long both) {
      return (double) both / truth;
    }

    @Override
    double of(long[] counts) {
      long right = 0;
      long all = 0;
      for (int c = 0; c < counts.length; c += 3) {
        all += counts[c];
        right += counts[c + 2];
      }
      return (double) right / all;
    }
  };

  private final String label;
  private final String classLabel;

  Measure(String label, String classLabel) {
    this.label = label;
    this.classLabel = classLabel;
  }

  /** Its name, such as {@code mIoU}. */
  public String label() {
    return label;
  }

  /** The name of what it says of one class, such as {@code IoU}. */
  public String classLabel() {
    return classLabel;
  }

  /**
   * Of one class.
   *
   * @param truth pixels that are it, at least one
   * @param taken pixels that are taken for it
   * @param both pixels that are it and are taken for it
   */
  abstract double of(long truth, long taken, long both);

  /** Of all classes, from what {@link #counts} gives; NaN where the truth shows none of them. */
  abstract double of(long[] counts);

  /** Over a whole set; NaN where the truth shows none of the classes. */
  double of(ConfusionMatrix matrix, int[] scored) {
    return of(counts(matrix, scored));
  }

  /** Of one class over a whole set; NaN where the truth does not show it. */
  double ofClass(ConfusionMatrix matrix, int id) {
    long[] counts = counts(matrix, new int[] {id});
    return counts[0] == 0 ? Double.NaN : of(counts[0], counts[1], counts[2]);
  }

  /**
   * What a measure needs to know, which adds up over images: for each class the pixels that are it,
   * that are taken for it, that are both.
   *
   * @param scored train ids of the classes that count
   */
  static long[] counts(ConfusionMatrix matrix, int[] scored) {
    long[] counts = new long[3 * scored.length];
    for (int c = 0; c < scored.length; c++) {
      for (int other = 0; other < matrix.classes(); other++) {
        counts[3 * c] += matrix.count(scored[c], other);
        counts[3 * c + 1] += matrix.count(other, scored[c]);
      }
      counts[3 * c + 2] = matrix.count(scored[c], scored[c]);
    }
    return counts;
  }
}
