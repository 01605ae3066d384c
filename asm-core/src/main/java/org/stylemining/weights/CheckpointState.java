package org.stylemining.weights;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Where a run stood when a checkpoint was written: what is needed, beside parameters and optimizer
 * state, to go on to the same result as an unbroken run.
 *
 * @param round sync rounds done, at least 0
 * @param update updates done per worker: the place in the schedules
 * @param position global position of the next source sample: the seed, with {@code seed}, of all
 *     that is random about it
 * @param seed of everything random
 * @param workers that trained at the same time
 * @param version of the program
 * @param commit of the program's source
 * @param configuration the resolved configuration, as text
 * @param extra whatever else the writer wants back
 */
public record CheckpointState(
    int round,
    long update,
    long position,
    long seed,
    int workers,
    String version,
    String commit,
    String configuration,
    Map<String, String> extra) {

  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException where a count is negative
   */
  public CheckpointState {
    notNegative("round", round);
    notNegative("update", update);
    notNegative("position", position);
    notNegative("workers", workers);
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(commit, "commit");
    Objects.requireNonNull(configuration, "configuration");
    extra = extra == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(extra));
  }

  private static void notNegative(String what, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(what + " should be at least 0, found " + value);
    }
  }
}
