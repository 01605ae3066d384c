package org.stylemining.report;

import java.util.Locale;

/** The line that a person watches while a run goes on. */
public final class ProgressLine {
  private ProgressLine() {}

  /**
   * {@code round 12/60 loss 1.234 9.1 images/s time left 5 min}, with the number of damaged samples
   * where there are any.
   */
  public static String format(RoundRecord round) {
    String line =
        String.format(
            Locale.ROOT,
            "round %d/%d  loss %.3f  %.1f images/s  time left %s",
            round.round(),
            round.rounds(),
            round.loss(),
            round.imagesPerSecond(),
            duration(round.timeLeftSeconds()));
    return round.damaged() == 0 ? line : line + "  " + round.damaged() + " damaged samples skipped";
  }

  /**
   * A duration as a person says it: {@code 45 s}, {@code 5 min}, {@code 2 h 05 min}, {@code 3 d 4
   * h}; {@code ?} where unknown.
   */
  public static String duration(double seconds) {
    if (!Double.isFinite(seconds) || seconds < 0) {
      return "?";
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    long minutes = Math.round(seconds / 60);
    if (minutes < 60) {
      return minutes + " min";
    }
    if (minutes < 24 * 60) {
      return String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60);
    }
    long hours = Math.round(seconds / 3600);
    return hours / 24 + " d " + hours % 24 + " h";
  }
}
