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
  private final SortedMap<Integer, LargestMemory> memory = new TreeMap<>();
  private final SortedMap<Integer, DriftOfWorkers> drift = new TreeMap<>();
  private long damagedLines;
  private final List<Fault> faults = new ArrayList<>();
  private long faultLines;
  private final SortedMap<Integer, SecondsOfWorker> workers = new TreeMap<>();
  private double stepSeconds;
  private double waitSeconds;

  /**
   * Something that went wrong and that the run got over.
   *
   * @param round in which
   * @param what in a sentence
   */
  record Fault(int round, String what) {}

  /** How long one worker's rounds took. */
  static final class SecondsOfWorker {
    private double sum;
    private long rounds;
    private String host = "";

    private void add(WorkerRecord worker) {
      sum += worker.seconds();
      rounds++;
      host = worker.host();
    }

    double mean() {
      return sum / rounds;
    }

    /** On which it ran last. */
    String host() {
      return host;
    }
  }

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
    } else if (entry instanceof MemoryRecord process) {
      memory.merge(process.round(), LargestMemory.of(process), LargestMemory::and);
    } else if (entry instanceof DriftRecord worker) {
      drift.merge(worker.round(), DriftOfWorkers.of(worker), DriftOfWorkers::and);
    } else if (entry instanceof DamagedRecord sample) {
      damagedLines++;
      if (damaged.size() < DAMAGED_NAMED) {
        damaged.add(sample);
      }
    } else if (entry instanceof WorkerRecord worker) {
      add(worker);
    } else if (entry instanceof RollbackRecord back) {
      fault(
          back.diverged(),
          "Training diverged (%s); it went back to %s."
              .formatted(
                  back.reason(),
                  back.round() == 0 ? "its start" : "the checkpoint after round " + back.round()));
    } else if (entry instanceof CheckpointFailureRecord failure) {
      fault(failure.round(), "The checkpoint could not be written: " + failure.reason());
    }
  }

  private void add(WorkerRecord worker) {
    String who =
        "Worker %d (executor %s on %s)"
            .formatted(worker.worker(), worker.executor(), worker.host());
    switch (worker.outcome()) {
      case AVERAGED -> {}
      case NO_UPDATES ->
          fault(worker.round(), who + " made no update: all its samples were damaged.");
      case NOT_FINITE, LATE ->
          fault(worker.round(), who + " was left out of the average: " + worker.reason());
      case FAILED -> fault(worker.round(), who + " failed and was begun anew: " + worker.reason());
      case OVERTAKEN -> fault(worker.round(), who + " was given up: " + worker.reason());
    }
    if (worker.outcome() == WorkerRecord.Outcome.AVERAGED) {
      workers.computeIfAbsent(worker.worker(), index -> new SecondsOfWorker()).add(worker);
    }
  }

  private void fault(int round, String what) {
    faultLines++;
    if (faults.size() < DAMAGED_NAMED) {
      faults.add(new Fault(round, what));
    }
  }

  /** The first of what the run got over. */
  List<Fault> faults() {
    return faults;
  }

  long faultCount() {
    return faultLines;
  }

  /** How long the rounds of each worker took. */
  SortedMap<Integer, SecondsOfWorker> workers() {
    return workers;
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

  /** The processes' memory by round; empty where the run did not tell. */
  SortedMap<Integer, LargestMemory> memory() {
    return memory;
  }

  /** How far workers came apart by round; empty where there was one, or the run did not tell. */
  SortedMap<Integer, DriftOfWorkers> drift() {
    return drift;
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
