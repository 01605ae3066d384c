package org.stylemining.report;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A run's metrics as pages need them, gathered line by line: long runs have more lines than fit in
 * memory.
 */
final class RunSummary {
  /** Damaged samples that are named; of further ones only the number is told. */
  static final int DAMAGED_NAMED = 100;

  /** The latest faults that are told besides the first. */
  static final int LATEST_FAULTS = 20;

  // Curves over the rounds. Memory in bytes.
  static final String LOSS = "loss";
  static final String IMAGES_PER_SECOND = "images per second";
  static final String ROUND_SECONDS = "seconds of the round";
  static final String MEDIAN_SECONDS = "seconds of the median worker";
  static final String SLOWEST_SECONDS = "seconds of the slowest worker";
  static final String DRIFT_MEAN = "mean drift";
  static final String DRIFT_LARGEST = "largest drift";
  static final String RESIDENT = "resident";
  static final String ARRAYS = "arrays";
  static final String HEAP = "heap";
  static final String DRIVER_RESIDENT = "resident, driver";
  static final String DRIVER_ARRAYS = "arrays, driver";
  static final String DRIVER_HEAP = "heap, driver";

  private static final String DRIVER = "driver";
  private static final int MOST_PLACES = 1024;

  private final RoundCurves curves = new RoundCurves(MOST_PLACES);
  private final RunTotals totals = new RunTotals();
  private final SortedMap<Integer, StepMeans> steps = new TreeMap<>();
  private final List<DamagedRecord> damaged = new ArrayList<>();
  private long damagedLines;
  private final List<Fault> faults = new ArrayList<>();
  private final Deque<Fault> latestFaults = new ArrayDeque<>();
  private long faultLines;
  private final SortedMap<Integer, WorkerCourse> workers = new TreeMap<>();
  private final List<WorkerRecord> workersOfRound = new ArrayList<>();
  private final Map<String, MemoryRecord> memory = new TreeMap<>();
  private CheckpointRecord checkpoint;

  static RunSummary of(RunFolder run) throws IOException {
    RunSummary summary = new RunSummary();
    MetricsLog.read(run, summary::add);
    return summary;
  }

  /** Takes the next line of the log. */
  void add(MetricsRecord entry) {
    if (entry instanceof RoundRecord round) {
      add(round);
    } else if (entry instanceof StepRecord step) {
      add(step);
    } else if (entry instanceof MemoryRecord process) {
      add(process);
    } else if (entry instanceof DriftRecord worker) {
      curves.mean(DRIFT_MEAN, worker.round(), worker.relative());
      curves.largest(DRIFT_LARGEST, worker.round(), worker.relative());
    } else if (entry instanceof DamagedRecord sample) {
      damagedLines++;
      if (damaged.size() < DAMAGED_NAMED) {
        damaged.add(sample);
      }
    } else if (entry instanceof WorkerRecord worker && worker.outcome() != null) {
      add(worker);
    } else if (entry instanceof CheckpointRecord written) {
      checkpoint = written;
    }
    Fault.of(entry).ifPresent(this::add);
  }

  private void add(RoundRecord round) {
    totals.add(round);
    curves.mean(LOSS, round.round(), round.loss());
    curves.mean(IMAGES_PER_SECOND, round.round(), round.imagesPerSecond());
    curves.mean(ROUND_SECONDS, round.round(), round.seconds());
    double[] seconds =
        workersOfRound.stream()
            .filter(worker -> worker.round() == round.round())
            .mapToDouble(WorkerRecord::seconds)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    if (seconds.length > 0) {
      double median = (seconds[(seconds.length - 1) / 2] + seconds[seconds.length / 2]) / 2;
      curves.mean(MEDIAN_SECONDS, round.round(), median);
      curves.mean(SLOWEST_SECONDS, round.round(), seconds[seconds.length - 1]);
      for (WorkerRecord worker : workersOfRound) {
        course(worker).add(worker, median);
      }
    }
    workersOfRound.clear();
  }

  private void add(StepRecord step) {
    curves.mean(stepLoss(step.miningStep()), step.round(), step.loss());
    curves.mean(stepDistance(step.miningStep()), step.round(), step.styleDistance());
    curves.mean(stepNoise(step.miningStep()), step.round(), step.noiseLength());
    if (step.stepLength() > 0) { // the last step of an iteration moves eps no further
      curves.mean(stepLength(step.miningStep()), step.round(), step.stepLength());
    }
    steps.computeIfAbsent(step.miningStep(), index -> new StepMeans()).add(step);
    totals.add(step);
  }

  private void add(MemoryRecord process) {
    boolean driver = DRIVER.equals(process.executor());
    add(driver ? DRIVER_RESIDENT : RESIDENT, process.round(), process.residentBytes());
    add(driver ? DRIVER_ARRAYS : ARRAYS, process.round(), process.arrayBytes());
    add(driver ? DRIVER_HEAP : HEAP, process.round(), process.heapBytes());
    if (process.executor() != null) {
      memory.put(process.executor(), process);
    }
  }

  /** Bytes below zero are not known. */
  private void add(String curve, int round, long bytes) {
    curves.largest(curve, round, bytes < 0 ? Double.NaN : bytes);
  }

  private void add(WorkerRecord worker) {
    workersOfRound.removeIf(before -> before.round() != worker.round());
    switch (worker.outcome()) {
      case AVERAGED -> {
        course(worker).addAveraged(worker);
        workersOfRound.add(worker);
      }
      case NO_UPDATES, NOT_FINITE, LATE -> workersOfRound.add(worker);
      case FAILED, OVERTAKEN -> {}
    }
  }

  private WorkerCourse course(WorkerRecord worker) {
    return workers.computeIfAbsent(worker.worker(), index -> new WorkerCourse());
  }

  private void add(Fault fault) {
    faultLines++;
    if (faults.size() < DAMAGED_NAMED) {
      faults.add(fault);
    }
    latestFaults.addLast(fault);
    if (latestFaults.size() > LATEST_FAULTS) {
      latestFaults.removeFirst();
    }
  }

  /** The first of what the run got over. */
  List<Fault> faults() {
    return faults;
  }

  /** The last of what the run got over, oldest first. */
  Collection<Fault> latestFaults() {
    return latestFaults;
  }

  long faultCount() {
    return faultLines;
  }

  /** How the workers did. */
  SortedMap<Integer, WorkerCourse> workers() {
    return workers;
  }

  /** Memory of each process as it was told last, by Spark's id of the executor. */
  Map<String, MemoryRecord> processes() {
    return memory;
  }

  /** The checkpoint that became complete last. */
  Optional<CheckpointRecord> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }

  /** What adds up over the rounds. */
  RunTotals totals() {
    return totals;
  }

  RoundCurves curves() {
    return curves;
  }

  static String stepLoss(int miningStep) {
    return "loss of step " + miningStep;
  }

  static String stepDistance(int miningStep) {
    return "style distance of step " + miningStep;
  }

  static String stepNoise(int miningStep) {
    return "noise length of step " + miningStep;
  }

  static String stepLength(int miningStep) {
    return "length of the step after step " + miningStep;
  }

  /** Means over the whole run by mining step. */
  SortedMap<Integer, StepMeans> steps() {
    return steps;
  }

  /** Whether styles were drawn at all: source-only training has steps without them. */
  boolean mines() {
    return steps.values().stream().anyMatch(means -> means.noiseLength() > 0);
  }

  /** Whether the driver's memory is all that is known of: in local mode it is the executor. */
  boolean isLocal() {
    return Stream.of(RESIDENT, ARRAYS, HEAP).noneMatch(curves.names()::contains);
  }

  List<DamagedRecord> damaged() {
    return damaged;
  }

  long damagedCount() {
    long counted = totals.last().map(RoundRecord::damaged).orElse(0L);
    return Math.max(counted, damagedLines);
  }

  /** Where a round, or some of its steps, tell a loss. */
  RoundCurves.Places lossPlaces() {
    return curves.where(
        Stream.concat(Stream.of(LOSS), steps.keySet().stream().map(RunSummary::stepLoss)).toList());
  }

  /** The losses there: the rounds' own lines, or the mean of their steps while they have none. */
  double[] losses() {
    RoundCurves.Places places = lossPlaces();
    double[] losses = places.values(LOSS);
    double[][] ofSteps =
        steps.keySet().stream().map(step -> places.values(stepLoss(step))).toArray(double[][]::new);
    for (int i = 0; i < losses.length; i++) {
      if (Double.isNaN(losses[i])) {
        int place = i;
        losses[i] =
            Arrays.stream(ofSteps)
                .mapToDouble(step -> step[place])
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
      }
    }
    return losses;
  }
}
