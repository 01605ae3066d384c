package org.stylemining.data;

/**
 * Which source each position draws from. Weights become whole numbers of slots in a cycle that
 * repeats for ever, in which each source's slots are spread evenly, so that the source of any
 * position is known without going through those before.
 */
final class Interleaving {
  /** Slots of one cycle: weights are kept to one part in so many. */
  private static final int CYCLE = 10_000;

  private final int[] slotSource;
  private final int[] slotRank;
  private final int[] perCycle;

  Interleaving(double[] weights) {
    perCycle = quotas(weights);
    int length = 0;
    for (int quota : perCycle) {
      length += quota;
    }
    slotSource = new int[length];
    slotRank = new int[length];
    int[] drawn = new int[weights.length];
    for (int slot = 0; slot < length; slot++) {
      int source = furthestBehind(drawn, slot + 1, length);
      slotSource[slot] = source;
      slotRank[slot] = drawn[source]++;
    }
  }

  int source(long position) {
    return slotSource[(int) (position % slotSource.length)];
  }

  /** How many positions before this one drew from the same source. */
  long indexInSource(long position) {
    long cycle = position / slotSource.length;
    int slot = (int) (position % slotSource.length);
    return cycle * perCycle[slotSource[slot]] + slotRank[slot];
  }

  private int furthestBehind(int[] drawn, long slots, long length) {
    int best = 0;
    long most = Long.MIN_VALUE;
    for (int s = 0; s < drawn.length; s++) {
      long behind = perCycle[s] * slots - drawn[s] * length;
      if (behind > most) {
        most = behind;
        best = s;
      }
    }
    return best;
  }

  private static int[] quotas(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      if (!(weight > 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException("weight " + weight + ": expected a number > 0");
      }
      sum += weight;
    }
    int[] quotas = new int[weights.length];
    for (int s = 0; s < weights.length; s++) {
      quotas[s] = (int) Math.max(1, Math.round(CYCLE * weights[s] / sum));
    }
    return quotas;
  }
}
