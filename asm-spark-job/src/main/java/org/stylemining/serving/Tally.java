package org.stylemining.serving;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a part of the work came to.
 *
 * @param labelled images
 * @param pixels of each class, by train id
 * @param failures images that could not be labelled
 */
record Tally(long labelled, long[] pixels, ArrayList<Failure> failures) implements Serializable {
  static Tally none(int classes) {
    return new Tally(0, new long[classes], new ArrayList<>());
  }

  Tally plus(Tally other) {
    long[] sums = pixels.clone();
    for (int k = 0; k < sums.length; k++) {
      sums[k] += other.pixels[k];
    }
    ArrayList<Failure> all = new ArrayList<>(failures);
    all.addAll(other.failures);
    return new Tally(labelled + other.labelled, sums, all);
  }

  static Tally sum(int classes, List<Tally> parts) {
    return parts.stream().reduce(none(classes), Tally::plus);
  }
}
