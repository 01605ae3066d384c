package org.stylemining.watch;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.stylemining.report.LifeSign;
import org.stylemining.report.RunFolder;
import org.stylemining.training.RunLease;

/**
 * Tells from a run's lease whether its job lives. A lease that is seen to be renewed is a living
 * job's until it has stood still for {@link RunLease#STALE}, by the watcher's own clock alone; of
 * one that was not seen to change yet the age is taken by both clocks, the file system's and the
 * watcher's.
 *
 * <p>Not thread-safe.
 */
final class LeaseSigns implements LifeSign.Source {
  private final LongSupplier nanoTime;
  private RunFolder watched;
  private Instant renewed;
  private long seenAt;
  private boolean fresh;

  LeaseSigns() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime a clock, as {@link System#nanoTime} is one
   */
  LeaseSigns(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public Optional<LifeSign> of(RunFolder run) throws IOException {
    Optional<RunLease.Seen> lease = RunLease.look(run);
    if (lease.isEmpty() || !run.equals(watched)) {
      renewed = null;
    }
    if (lease.isEmpty()) {
      return Optional.empty();
    }
    watched = run;
    RunLease.Seen seen = lease.get();
    if (!seen.renewed().equals(renewed)) {
      fresh =
          renewed != null
              || Duration.between(seen.renewed(), Instant.now()).compareTo(RunLease.STALE) < 0;
      renewed = seen.renewed();
      seenAt = nanoTime.getAsLong();
    }
    boolean still = nanoTime.getAsLong() - seenAt >= RunLease.STALE.toNanos();
    return Optional.of(
        new LifeSign(seen.holder(), seen.renewed(), fresh && !still && !seen.ended()));
  }
}
