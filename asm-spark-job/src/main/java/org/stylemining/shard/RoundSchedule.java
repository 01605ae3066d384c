package org.stylemining.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;

/**
 * The lengths of a run's sync rounds, in source batches of each worker. All that counts rounds, or
 * what lies before one, counts by this; it depends on the configuration alone, so that a run that
 * stopped goes on as it would have.
 *
 * @param stretches rounds of one length in a row, in order
 * @param batches of each worker in the whole run; the last round is as long as they suffice
 */
public record RoundSchedule(List<Stretch> stretches, long batches) {
  /**
   * Rounds of one length in a row.
   *
   * @param roundsBefore rounds before the first of them
   * @param batchesBefore batches in those
   * @param length batches of each
   */
  public record Stretch(int roundsBefore, long batchesBefore, long length) {}

  public RoundSchedule {
    stretches = List.copyOf(stretches);
    if (batches < 1
        || stretches.isEmpty()
        || stretches.stream().anyMatch(stretch -> stretch.length < 1)) {
      throw new IllegalArgumentException(
          "expected rounds of at least one batch, found %s of %d batches in all"
              .formatted(stretches, batches));
    }
  }

  /**
   * Rounds of the same length.
   *
   * @param length batches of each, at least 1
   */
  public static RoundSchedule fixed(long batches, long length) {
    return new RoundSchedule(List.of(new Stretch(0, 0, length)), batches);
  }

  /**
   * Rounds of one batch up to a given update, then of a given length: post-local SGD.
   *
   * @param from updates of each worker before the first longer round
   * @see "Lin, Stich, Patel, Jaggi, Don't Use Large Mini-Batches, Use Local SGD, ICLR 2020, section
   *     3"
   */
  public static RoundSchedule postLocal(long batches, int updatesPerBatch, long from, long length) {
    return of(batches, batch -> batch * updatesPerBatch < from ? 1 : length);
  }

  /**
   * Rounds of (coefficient / rate)^2 updates, in whole batches.
   *
   * @param shortest batches of a round
   * @param longest updates of a round
   * @param coefficient alpha of the paper
   * @param rate learning rate by updates before; where a warm-up comes first, what follows it
   * @see "Gu, Lyu, Arora, Zhang, Huang, A Quadratic Synchronization Rule for Distributed Deep
   *     Learning, ICLR 2024, section 2"
   */
  public static RoundSchedule quadratic(
      long batches,
      int updatesPerBatch,
      long shortest,
      long longest,
      double coefficient,
      LongToDoubleFunction rate) {
    return of(
        batches,
        batch -> {
          double ratio = coefficient / rate.applyAsDouble(batch * updatesPerBatch);
          // A rate of 0 is as small as can be.
          double updates = Math.min(longest, Math.floor(ratio * ratio));
          return Math.max(shortest, (long) (updates / updatesPerBatch));
        });
  }

  private static RoundSchedule of(long batches, LongUnaryOperator lengthAfter) {
    List<Stretch> stretches = new ArrayList<>();
    long length = 0;
    int round = 0;
    for (long batch = 0; batch < batches; batch += length) {
      long next = lengthAfter.applyAsLong(batch);
      if (next != length) {
        stretches.add(new Stretch(round, batch, next));
        length = next;
      }
      round = Math.incrementExact(round);
    }
    return new RoundSchedule(stretches, batches);
  }

  /** Number of rounds. */
  public int rounds() {
    Stretch last = stretches.get(stretches.size() - 1);
    long more = (batches - last.batchesBefore + last.length - 1) / last.length;
    return Math.toIntExact(last.roundsBefore + more);
  }

  /** Batches of each worker up to a round and in it; 0 before the first. */
  public long batchesAfter(int round) {
    Stretch stretch = stretches.get(0);
    for (int low = 0, high = stretches.size() - 1; low <= high; ) {
      int middle = (low + high) / 2;
      if (stretches.get(middle).roundsBefore < round) {
        stretch = stretches.get(middle);
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Math.min(
        batches, stretch.batchesBefore + (long) (round - stretch.roundsBefore) * stretch.length);
  }
}
