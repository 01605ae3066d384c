package org.stylemining.notebook;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which of a command's lines are worth their place in a notebook: not every round's. */
final class RoundLines {
  private static final Pattern ROUND = Pattern.compile(".*\\bround (\\d+)/(\\d+) .*");

  private final long apart;
  private long next = Long.MIN_VALUE;

  /**
   * @param apart time between two lines of rounds that are shown
   */
  RoundLines(Duration apart) {
    this.apart = apart.toNanos();
  }

  /**
   * Whether to show a line: any that counts no rounds, a last round's, and others from time to
   * time.
   *
   * @param now in nanoseconds, of any origin
   */
  boolean shows(String line, long now) {
    Matcher round = ROUND.matcher(line);
    if (!round.matches() || round.group(1).equals(round.group(2))) {
      return true;
    }
    if (next != Long.MIN_VALUE && now - next < 0) {
      return false;
    }
    next = now + apart;
    return true;
  }
}
