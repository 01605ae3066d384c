package org.stylemining.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How one worker did so far. Its lag in a round is by how many seconds it took longer than the
 * median of the round's workers: every round waits for its slowest.
 */
final class WorkerCourse {
  /** Rounds that the recent lag is a mean of. */
  static final int RECENT = 20;

  private final Deque<Double> lags = new ArrayDeque<>();
  private double averagedSeconds;
  private long averagedRounds;
  private String averagedHost = "";
  private WorkerRecord last;

  /**
   * Takes what the worker did in a round.
   *
   * @param median seconds of the round's workers
   */
  void add(WorkerRecord worker, double median) {
    last = worker;
    if (Double.isFinite(worker.seconds() - median)) {
      lags.addLast(worker.seconds() - median);
      if (lags.size() > RECENT) {
        lags.removeFirst();
      }
    }
  }

  /** Takes the time of a round in which the worker was averaged. */
  void addAveraged(WorkerRecord worker) {
    averagedSeconds += worker.seconds();
    averagedRounds++;
    averagedHost = worker.host();
  }

  /** Rounds in which it was averaged. */
  long averagedRounds() {
    return averagedRounds;
  }

  /** Mean time of the rounds in which it was averaged, in seconds; NaN where there is none. */
  double meanSeconds() {
    return averagedSeconds / averagedRounds;
  }

  /** On which it was averaged last. */
  String averagedHost() {
    return averagedHost;
  }

  /** What it did in the last round that tells of it; null where no round is complete. */
  WorkerRecord last() {
    return last;
  }

  /** In the last round, in seconds; NaN where it is not known. */
  double lag() {
    return lags.isEmpty() ? Double.NaN : lags.peekLast();
  }

  /** Mean of the last {@link #RECENT} rounds, in seconds; NaN where it is not known. */
  double recentLag() {
    return lags.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
