package org.stylemining.weights;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.stylemining.provenance.Build;
import org.stylemining.provenance.Provenance;

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
 * @param provenance what made the run: data, weights, cluster, command; null where that is not
 *     known
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
    Map<String, String> extra,
    @JsonInclude(JsonInclude.Include.NON_NULL) Provenance provenance) {

  /** Key in {@code extra}: the files that the weights were imported from. */
  public static final String IMPORTED_FROM = "imported-from";

  /** Key in {@code extra}: parts of the network that were drawn at random and never trained. */
  public static final String FRESH = "fresh";

  /**
   * Key in {@code extra}: that the mean of several models is the run's result, and which, such as
   * {@code the mean of 12 rounds}.
   */
  public static final String RESULT = "result";

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

  /**
   * The state of weights that were imported: no round of any run.
   *
   * @param seed that missing parameters were drawn with
   * @param from the files they came in
   * @param fresh the network's parts that were drawn, such as {@code layer5}; none where all was
   *     there
   */
  public static CheckpointState imported(Build build, long seed, String from, List<String> fresh) {
    Map<String, String> extra = new TreeMap<>(Map.of(IMPORTED_FROM, from));
    if (!fresh.isEmpty()) {
      extra.put(FRESH, String.join(", ", fresh));
    }
    return new CheckpointState(0, 0, 0, seed, 0, build.version(), build.commit(), "", extra);
  }

  /** The same state with another resolved configuration. */
  public CheckpointState withConfiguration(String text) {
    return new CheckpointState(
        round, update, position, seed, workers, version, commit, text, extra, provenance);
  }

  /** The same state, with what made the weights. */
  public CheckpointState madeBy(Provenance made) {
    return new CheckpointState(
        round, update, position, seed, workers, version, commit, configuration, extra, made);
  }

  /** The same state of a checkpoint that holds the run's result as its model. */
  public CheckpointState withoutResult() {
    Map<String, String> others = new TreeMap<>(extra);
    others.remove(RESULT);
    return new CheckpointState(
        round, update, position, seed, workers, version, commit, configuration, others, provenance);
  }

  /** A state of a run of which no more is known. */
  public CheckpointState(
      int round,
      long update,
      long position,
      long seed,
      int workers,
      String version,
      String commit,
      String configuration,
      Map<String, String> extra) {
    this(round, update, position, seed, workers, version, commit, configuration, extra, null);
  }

  private static void notNegative(String what, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(what + " should be at least 0, found " + value);
    }
  }
}
