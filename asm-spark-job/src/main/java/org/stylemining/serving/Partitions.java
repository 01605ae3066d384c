package org.stylemining.serving;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Deals images out to parts of about the same work: the largest first, each to the part that has
 * least so far. An image's work is its file's size, and the mean size besides for what every image
 * costs.
 */
final class Partitions {
  /** Parts per task slot, so that slots that are done early find more to do. */
  private static final int PER_SLOT = 4;

  /** A part that is lost with its executor is done again. */
  private static final int MOST_IMAGES = 500;

  private Partitions() {}

  /** One part. */
  private static final class Part {
    final ArrayList<ListedImage> images = new ArrayList<>();
    final int index;
    long work;

    Part(int index) {
      this.index = index;
    }
  }

  /** How many parts so many images make. */
  static int count(int images, int slots) {
    int wanted = Math.max(PER_SLOT * slots, (images + MOST_IMAGES - 1) / MOST_IMAGES);
    return Math.max(1, Math.min(images, wanted));
  }

  /** The parts, none empty where there are at least as many images; each sorted by path. */
  static List<List<ListedImage>> of(List<ListedImage> images, int parts) {
    long each = 1 + (long) images.stream().mapToLong(ListedImage::bytes).average().orElse(0);
    PriorityQueue<Part> least =
        new PriorityQueue<>(
            Comparator.<Part>comparingLong(part -> part.work).thenComparingInt(part -> part.index));
    List<List<ListedImage>> all = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      Part part = new Part(i);
      least.add(part);
      all.add(part.images);
    }
    List<ListedImage> largestFirst = new ArrayList<>(images);
    largestFirst.sort(
        Comparator.comparingLong(ListedImage::bytes).reversed().thenComparing(ListedImage::path));
    for (ListedImage image : largestFirst) {
      Part part = least.remove();
      part.images.add(image);
      part.work += each + image.bytes();
      least.add(part);
    }
    all.forEach(part -> part.sort(Comparator.comparing(ListedImage::path)));
    return all;
  }
}
