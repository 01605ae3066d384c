package org.stylemining.report;

import java.util.Optional;

/** What adds up over a run's rounds. Numbers that are not finite do not count. */
final class RunTotals {
  private RoundRecord first;
  private RoundRecord last;
  private long rounds;
  private double seconds;
  private double trainSeconds;
  private double syncSeconds;
  private long images;
  private double stepSeconds;
  private double waitSeconds;

  void add(RoundRecord round) {
    first = first == null ? round : first;
    last = round;
    rounds++;
    seconds += finite(round.seconds());
    trainSeconds += finite(round.trainSeconds());
    syncSeconds += finite(round.syncSeconds());
    images += round.images();
  }

  void add(StepRecord step) {
    stepSeconds += step.seconds();
    waitSeconds += step.waitSeconds();
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }

  /** The round that was told first; empty where none is complete. */
  Optional<RoundRecord> first() {
    return Optional.ofNullable(first);
  }

  /** The round that was told last; empty where none is complete. */
  Optional<RoundRecord> last() {
    return Optional.ofNullable(last);
  }

  /** How many were told. */
  long rounds() {
    return rounds;
  }

  double seconds() {
    return seconds;
  }

  double trainSeconds() {
    return trainSeconds;
  }

  double syncSeconds() {
    return syncSeconds;
  }

  long images() {
    return images;
  }

  /** Share of the workers' time spent waiting for images; NaN where it is not known. */
  double waitShare() {
    return stepSeconds > 0 ? waitSeconds / stepSeconds : Double.NaN;
  }
}
