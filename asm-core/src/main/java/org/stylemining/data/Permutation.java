package org.stylemining.data;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Uniform random permutations. */
public final class Permutation {
  private Permutation() {}

  /** The numbers 0..size-1, shuffled (Fisher and Yates). */
  static int[] of(int size, SplittableRandom random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** So many of the items, drawn without repetition, in the order they have among all. */
  public static <T> List<T> draw(List<T> items, int count, SplittableRandom random) {
    return Arrays.stream(of(items.size(), random), 0, count).sorted().mapToObj(items::get).toList();
  }
}
