package org.stylemining.training;

/** Times rounds and tells how long the rest will take. */
final class RoundClock {
  /** Weight of the newest round in the running mean. */
  private static final double NEWEST = 0.1;

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
    // The first round is not like the others: executors load the network and warm up.
    mean = rounds <= 2 ? seconds : (1 - NEWEST) * mean + NEWEST * seconds;
    return seconds;
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
