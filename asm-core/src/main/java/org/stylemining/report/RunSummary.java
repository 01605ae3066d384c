package org.stylemining.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * A run's metrics as the report needs them, gathered line by line: long runs have more lines than
 * fit in memory.
 */
final class RunSummary {
  /** Damaged samples that are named; of further ones only the number is told. */
  static final int DAMAGED_NAMED = 100;

  private final SortedMap<Integer, RoundRecord> rounds = new TreeMap<>();
  private final SortedMap<Integer, SortedMap<Integer, StepMeans>> stepsByRound = new TreeMap<>();
  private final SortedMap<Integer, StepMeans> steps = new TreeMap<>();
  private final List<DamagedRecord> damaged = new ArrayList<>();
  private long damagedLines;
  private double stepSeconds;
  private double waitSeconds;

  static RunSummary of(RunFolder run) throws IOException {
    RunSummary summary = new RunSummary();
    MetricsLog.read(run, summary::add);
    return summary;
  }

  private void add(MetricsRecord entry) {
    if (entry instanceof RoundRecord round) {
      rounds.put(round.round(), round);
    } else if (entry instanceof StepRecord step) {
      stepsByRound
          .computeIfAbsent(step.round(), round -> new TreeMap<>())
          .computeIfAbsent(step.miningStep(), index -> new StepMeans())
          .add(step);
      steps.computeIfAbsent(step.miningStep(), index -> new StepMeans()).add(step);
      stepSeconds += step.seconds();
      waitSeconds += step.waitSeconds();
    } else if (entry instanceof DamagedRecord sample) {
      damagedLines++;
      if (damaged.size() < DAMAGED_NAMED) {
        damaged.add(sample);
      }
    }
  }

  Collection<RoundRecord> rounds() {
    return rounds.values();
  }

  boolean isEmpty() {
    return rounds.isEmpty() && steps.isEmpty();
  }

  RoundRecord lastRound() {
    return rounds.get(rounds.lastKey());
  }

  /** Means over the whole run by mining step. */
  SortedMap<Integer, StepMeans> steps() {
    return steps;
  }

  /** Rounds of which there are steps, ascending. */
  double[] stepRounds() {
    return stepsByRound.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
  }

  /** A mean of one mining step in each of {@link #stepRounds}; NaN where there is none. */
  double[] series(int miningStep, ToDoubleFunction<StepMeans> value) {
    return stepsByRound.values().stream()
        .map(round -> round.get(miningStep))
        .mapToDouble(means -> means == null ? Double.NaN : value.applyAsDouble(means))
        .toArray();
  }

  /** Whether styles were drawn at all: source-only training has steps without them. */
  boolean mines() {
    return steps.values().stream().anyMatch(means -> means.noiseLength() > 0);
  }

  double total(ToDoubleFunction<RoundRecord> value) {
    return rounds.values().stream().mapToDouble(value).filter(Double::isFinite).sum();
  }

  /** Share of the workers' time spent waiting for images; NaN where it is not known. */
  double waitShare() {
    return stepSeconds > 0 ? waitSeconds / stepSeconds : Double.NaN;
  }

  List<DamagedRecord> damaged() {
    return damaged;
  }

  long damagedCount() {
    long counted = rounds.isEmpty() ? 0 : lastRound().damaged();
    return Math.max(counted, damagedLines);
  }

  /** The loss of each round: the round's own line, or the mean of its steps while it has none. */
  Map<Integer, Double> losses() {
    SortedMap<Integer, Double> losses = new TreeMap<>();
    stepsByRound.forEach(
        (round, means) ->
            losses.put(
                round,
                means.values().stream().mapToDouble(StepMeans::loss).average().orElse(Double.NaN)));
    rounds.forEach((round, line) -> losses.put(round, line.loss()));
    return losses;
  }
}
