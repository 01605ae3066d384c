package org.stylemining.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.stylemining.config.SyncConfig;

/** Times rounds and tells how long the rest will take. */
final class RoundClock {
  /** Weight of the newest round in the running mean. */
  private static final double NEWEST = 0.1;

  /** The first rounds say too little of how long the others take. */
  private static final int FEWEST = 3;

  /** A short round repeated in another executor takes longer than many times its usual time. */
  private static final double SHORTEST_DEADLINE = 600;

  private static final int REMEMBERED = 51;

  private final Deque<Double> before = new ArrayDeque<>();
  private long started;
  private int rounds;
  private double mean;

  void start() {
    started = System.nanoTime();
  }

  /** Seconds since {@link #start}. */
  double stop() {
    double seconds = (System.nanoTime() - started) * 1e-9;
    rounds++;
    before.addLast(seconds);
    if (before.size() > REMEMBERED) {
      before.removeFirst();
    }
    // The first round is not like the others: executors load the network and warm up.
    mean = rounds <= 2 ? seconds : (1 - NEWEST) * mean + NEWEST * seconds;
    return seconds;
  }

  /** Seconds that the next round may take; infinite: as long as it takes. */
  double deadline(SyncConfig sync) {
    if (sync.deadline() > 0) {
      return sync.deadline();
    }
    if (sync.deadlineFactor() == 0 || before.size() < FEWEST) {
      return Double.POSITIVE_INFINITY;
    }
    List<Double> sorted = before.stream().sorted().toList();
    return Math.max(SHORTEST_DEADLINE, sync.deadlineFactor() * sorted.get(sorted.size() / 2));
  }

  /** Rounds timed. */
  int rounds() {
    return rounds;
  }

  /** Seconds that so many further rounds will take. */
  double left(int more) {
    return more * mean;
  }
}
