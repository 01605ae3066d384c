package org.stylemining.data;

import java.util.List;

/** Stops a run once more than {@code data.max-bad-fraction} of the samples seen are damaged. */
public final class DamageLimit {
  public DamageLimit(double maxBadFraction) {}

  /** Counts {@code seen} samples, of which {@code damaged} could not be read. */
  public void add(long seen, List<Damage> damaged) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Checks the limit however few samples were seen. */
  public void finish() {
    throw new UnsupportedOperationException("not built yet");
  }
}
