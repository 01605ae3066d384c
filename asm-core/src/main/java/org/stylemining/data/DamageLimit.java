package org.stylemining.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.stylemining.config.UserMistake;

/** Stops a run once more than {@code data.max-bad-fraction} of the samples seen are damaged. */
public final class DamageLimit {
  /** A share of fewer samples than this says little; only {@link #finish} judges it. */
  private static final long FEWEST = 100;

  private static final int NAMED = 5;

  private final double maxBadFraction;
  private final List<Damage> first = new ArrayList<>();
  private long seen;
  private long damaged;

  /**
   * @param maxBadFraction share of damaged samples that is borne, 0..1
   */
  public DamageLimit(double maxBadFraction) {
    if (!(maxBadFraction >= 0 && maxBadFraction <= 1)) {
      throw new IllegalArgumentException(
          "data.max-bad-fraction = " + maxBadFraction + ": expected 0..1");
    }
    this.maxBadFraction = maxBadFraction;
  }

  /**
   * Counts {@code seen} samples, of which {@code damaged} could not be read.
   *
   * @throws UserMistake naming the share and the first files, once at least 100 samples were seen
   *     and more of them are damaged than the limit
   */
  public void add(long seen, List<Damage> damaged) {
    this.seen += seen;
    this.damaged += damaged.size();
    damaged.stream().limit(NAMED - first.size()).forEach(first::add);
    if (this.seen >= FEWEST) {
      finish();
    }
  }

  /** Counts the samples of a batch, read and skipped. */
  public void add(SourceBatch batch) {
    add(batch.size() + batch.skipped().size(), batch.skipped());
  }

  /**
   * Checks the limit however few samples were seen.
   *
   * @throws UserMistake where more of them are damaged than the limit
   */
  public void finish() {
    if (damaged > maxBadFraction * seen) {
      throw new UserMistake(
          "%d of %d samples are damaged (%.2f%%), data.max-bad-fraction allows %.2f%%; the first: %s"
              .formatted(
                  damaged,
                  seen,
                  100.0 * damaged / seen,
                  100 * maxBadFraction,
                  first.stream()
                      .map(damage -> damage.path() + " (" + damage.reason() + ")")
                      .collect(Collectors.joining("; "))));
    }
  }

  /** Samples counted so far. */
  public long seen() {
    return seen;
  }

  /** Damaged samples among them. */
  public long damaged() {
    return damaged;
  }
}
