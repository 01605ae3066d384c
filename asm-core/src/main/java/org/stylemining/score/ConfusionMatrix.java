package org.stylemining.score;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.stylemining.image.LabelMap;

/**
 * Counts of pixels by true class (row) and predicted class (column), over a whole set of images and
 * not per image. An image that is labelled as a whole counts as one pixel. Matrices of parts of a
 * set are joined with {@link #merge}; the order does not matter.
 *
 * <p>Mutable and not thread-safe; serializable, so that each worker fills its own.
 */
public final class ConfusionMatrix implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int IGNORE = LabelMap.IGNORE;

  private final int classes;
  private final long[] counts;

  /**
   * An empty matrix.
   *
   * @param classes number of classes, 1..255
   */
  public ConfusionMatrix(int classes) {
    if (classes < 1 || classes > IGNORE) {
      throw new IllegalArgumentException("expected 1.." + IGNORE + " classes, found " + classes);
    }
    this.classes = classes;
    this.counts = new long[classes * classes];
  }

  /**
   * A matrix of known counts.
   *
   * @param counts square, {@code counts[truth][prediction]} pixels, none negative; copied
   */
  public ConfusionMatrix(long[][] counts) {
    this(counts.length);
    for (int truth = 0; truth < classes; truth++) {
      if (counts[truth].length != classes) {
        throw new IllegalArgumentException(
            "expected a square matrix of "
                + classes
                + " columns, found "
                + counts[truth].length
                + " in row "
                + truth);
      }
      for (int prediction = 0; prediction < classes; prediction++) {
        if (counts[truth][prediction] < 0) {
          throw new IllegalArgumentException(
              "expected counts >= 0, found "
                  + counts[truth][prediction]
                  + " at ["
                  + truth
                  + "]["
                  + prediction
                  + "]");
        }
        this.counts[truth * classes + prediction] = counts[truth][prediction];
      }
    }
  }

  /** Number of classes. */
  public int classes() {
    return classes;
  }

  /** Pixels of class {@code truth} that were predicted as {@code prediction}. */
  public long count(int truth, int prediction) {
    return counts[truth * classes + prediction];
  }

  /** Pixels counted; ignored ones are not among them. */
  public long total() {
    return Arrays.stream(counts).sum();
  }

  /** A copy of the counts, {@code [truth][prediction]}. */
  public long[][] toArray() {
    long[][] rows = new long[classes][];
    for (int truth = 0; truth < classes; truth++) {
      rows[truth] = Arrays.copyOfRange(counts, truth * classes, (truth + 1) * classes);
    }
    return rows;
  }

  /**
   * Counts one image. Pixels whose truth is {@link LabelMap#IGNORE} are left out.
   *
   * @param truth train ids
   * @param prediction predicted train ids, of the same size
   * @throws IllegalArgumentException where the sizes differ or an id is no class; nothing of the
   *     image is counted then
   */
  public void add(LabelMap truth, LabelMap prediction) {
    if (truth.width() != prediction.width() || truth.height() != prediction.height()) {
      throw new IllegalArgumentException(
          "expected a prediction of the label's size, %d x %d pixels, found %d x %d"
              .formatted(truth.width(), truth.height(), prediction.width(), prediction.height()));
    }
    byte[] truths = truth.ids();
    byte[] predictions = prediction.ids();
    for (int i = 0; i < truths.length; i++) {
      int t = truths[i] & 0xff;
      int p = predictions[i] & 0xff;
      if (t != IGNORE && (t >= classes || p >= classes)) {
        throw new IllegalArgumentException(
            "expected train ids below %d, found truth %d and prediction %d at column %d of row %d"
                .formatted(classes, t, p, i % truth.width(), i / truth.width()));
      }
    }
    for (int i = 0; i < truths.length; i++) {
      int t = truths[i] & 0xff;
      if (t != IGNORE) {
        counts[t * classes + (predictions[i] & 0xff)]++;
      }
    }
  }

  /**
   * Adds another part's counts to this matrix.
   *
   * @return this matrix
   */
  public ConfusionMatrix merge(ConfusionMatrix other) {
    if (other.classes != classes) {
      throw new IllegalArgumentException(
          "expected a matrix of " + classes + " classes, found one of " + other.classes);
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] = Math.addExact(counts[i], other.counts[i]);
    }
    return this;
  }

  /**
   * Intersection over union of one class, tp / (tp + fp + fn), as a fraction 0..1; NaN where no
   * pixel truly is of this class.
   */
  public double iou(int index) {
    long row = 0;
    long column = 0;
    for (int other = 0; other < classes; other++) {
      row += count(index, other);
      column += count(other, index);
    }
    long hits = count(index, index);
    return row == 0 ? Double.NaN : (double) hits / (row + column - hits);
  }

  /**
   * The scores over all classes.
   *
   * @param names the classes' names by train id, as many as classes
   */
  public Scores scores(List<String> names) {
    return scores(names, IntStream.range(0, classes).toArray());
  }

  /**
   * The scores over some of the classes, such as the 13 that SYNTHIA shares with Cityscapes: mIoU
   * is the mean over those present in the truth, pixel accuracy counts the pixels whose truth is
   * one of them. A pixel of any class that is taken for one of them counts against that one's IoU.
   *
   * @param names all classes' names by train id
   * @param scored train ids of the classes that count, at least one, in the order of the table
   */
  public Scores scores(List<String> names, int[] scored) {
    check(names, scored);
    Map<String, Double> classIou = new LinkedHashMap<>();
    double sum = 0;
    int present = 0;
    long hits = 0;
    long pixels = 0;
    for (int truth : scored) {
      double iou = iou(truth);
      boolean absent = Double.isNaN(iou);
      classIou.put(names.get(truth), absent ? null : Double.valueOf(iou));
      if (!absent) {
        sum += iou;
        present++;
      }
      hits += count(truth, truth);
      for (int prediction = 0; prediction < classes; prediction++) {
        pixels += count(truth, prediction);
      }
    }
    return new Scores(sum / present, (double) hits / pixels, classIou);
  }

  private void check(List<String> names, int[] scored) {
    if (names.size() != classes) {
      throw new IllegalArgumentException(
          "expected " + classes + " class names, found " + names.size() + ": " + names);
    }
    if (scored.length == 0 || Arrays.stream(scored).anyMatch(id -> id < 0 || id >= classes)) {
      throw new IllegalArgumentException(
          "expected train ids below " + classes + " to score, found " + Arrays.toString(scored));
    }
  }

  /**
   * The scores of a classifier of whole images over some of the classes: an image counts where its
   * true class is one of them.
   *
   * @param names all classes' names by train id
   * @param scored train ids of the classes that count, at least one, in the order of the table
   */
  public ClassificationScores classification(List<String> names, int[] scored) {
    check(names, scored);
    Map<String, Double> accuracies = new LinkedHashMap<>();
    long hits = 0;
    long images = 0;
    for (int truth : scored) {
      long row = 0;
      for (int prediction = 0; prediction < classes; prediction++) {
        row += count(truth, prediction);
      }
      accuracies.put(
          names.get(truth), row == 0 ? null : Double.valueOf((double) count(truth, truth) / row));
      hits += count(truth, truth);
      images += row;
    }
    long[][] counts = new long[classes][classes];
    for (int truth : scored) {
      counts[truth] = Arrays.copyOfRange(this.counts, truth * classes, (truth + 1) * classes);
    }
    return new ClassificationScores(
        (double) hits / images, accuracies, ClassificationScores.rows(counts));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix matrix
        && classes == matrix.classes
        && Arrays.equals(counts, matrix.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "ConfusionMatrix of " + classes + " classes, " + total() + " pixels";
  }
}
