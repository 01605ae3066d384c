package org.stylemining.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.stylemining.config.SyncConfig;

/**
 * Times rounds, which need not be of the same length, and tells how long the rest will take: in
 * proportion to the updates that each worker makes.
 */
final class RoundClock {
  /** Weight of the newest round in the running mean. */
  private static final double NEWEST = 0.1;

  /** The first rounds say too little of how long the others take. */
  private static final int FEWEST = 3;

  /** A short round repeated in another executor takes longer than many times its usual time. */
  private static final double SHORTEST_DEADLINE = 600;

  private static final int REMEMBERED = 51;

  private record Timed(double seconds, long updates) {
    /** How long a round of so many updates may be expected to take, were it not shorter. */
    double secondsOf(long others) {
      return seconds * Math.max(1, (double) others / updates);
    }
  }

  private final Deque<Timed> before = new ArrayDeque<>();
  private long started;
  private int rounds;
  private double secondsPerUpdate;

  void start() {
    started = System.nanoTime();
  }

  /**
   * Seconds since {@link #start}.
   *
   * @param updates of each worker in the round, at least 1
   */
  double stop(long updates) {
    double seconds = (System.nanoTime() - started) * 1e-9;
    rounds++;
    before.addLast(new Timed(seconds, updates));
    if (before.size() > REMEMBERED) {
      before.removeFirst();
    }
    // The first round is not like the others: executors load the network and warm up.
    double newest = seconds / updates;
    secondsPerUpdate = rounds <= 2 ? newest : (1 - NEWEST) * secondsPerUpdate + NEWEST * newest;
    return seconds;
  }

  /**
   * Seconds that the next round may take; infinite: as long as it takes.
   *
   * @param updates of each worker in it
   */
  double deadline(SyncConfig sync, long updates) {
    if (sync.deadline() > 0) {
      return sync.deadline();
    }
    if (sync.deadlineFactor() == 0 || before.size() < FEWEST) {
      return Double.POSITIVE_INFINITY;
    }
    List<Double> sorted = before.stream().map(round -> round.secondsOf(updates)).sorted().toList();
    return Math.max(SHORTEST_DEADLINE, sync.deadlineFactor() * sorted.get(sorted.size() / 2));
  }

  /** Rounds timed. */
  int rounds() {
    return rounds;
  }

  /** Seconds that so many further updates of each worker will take. */
  double left(long updates) {
    return updates * secondsPerUpdate;
  }
}
