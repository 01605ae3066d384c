package org.stylemining.tasks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Deals files out to parts of about the same work: the largest first, each to the part that has
 * least so far. A file's work is its size, and the mean size besides for what every file costs.
 */
public final class Partitions {
  /** Parts per task slot, so that slots that are done early find more to do. */
  private static final int PER_SLOT = 4;

  /** A part that is lost with its executor is done again. */
  private static final int MOST_FILES = 500;

  private Partitions() {}

  /** One part. */
  private static final class Part<T> {
    final ArrayList<T> files = new ArrayList<>();
    final int index;
    long work;

    Part(int index) {
      this.index = index;
    }
  }

  /** How many parts so many files make. */
  public static int count(int files, int slots) {
    int wanted = Math.max(PER_SLOT * slots, (files + MOST_FILES - 1) / MOST_FILES);
    return Math.max(1, Math.min(files, wanted));
  }

  /**
   * The parts, none empty where there are at least as many files; each sorted by path.
   *
   * @param path of a file; no two have the same
   * @param bytes of a file; 0 where that is not known
   */
  public static <T> List<List<T>> of(
      List<T> files, int parts, Function<T, String> path, ToLongFunction<T> bytes) {
    long each = 1 + (long) files.stream().mapToLong(bytes).average().orElse(0);
    PriorityQueue<Part<T>> least =
        new PriorityQueue<>(
            Comparator.<Part<T>>comparingLong(part -> part.work)
                .thenComparingInt(part -> part.index));
    List<List<T>> all = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      Part<T> part = new Part<>(i);
      least.add(part);
      all.add(part.files);
    }
    List<T> largestFirst = new ArrayList<>(files);
    largestFirst.sort(Comparator.comparingLong(bytes).reversed().thenComparing(path));
    for (T file : largestFirst) {
      Part<T> part = least.remove();
      part.files.add(file);
      part.work += each + bytes.applyAsLong(file);
      least.add(part);
    }
    all.forEach(part -> part.sort(Comparator.comparing(path)));
    return all;
  }
}
