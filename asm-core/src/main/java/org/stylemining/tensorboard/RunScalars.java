package org.stylemining.tensorboard;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.stylemining.report.DriftRecord;
import org.stylemining.report.MemoryRecord;
import org.stylemining.report.MetricsRecord;
import org.stylemining.report.RollbackRecord;
import org.stylemining.report.RoundRecord;
import org.stylemining.report.StepRecord;
import org.stylemining.score.ClassificationScores;
import org.stylemining.score.Scores;
import org.stylemining.score.TaskScores;

/**
 * What a run's lines become in TensorBoard, a round at a time: charts over the updates of each
 * worker. Numbers of single updates are means over the workers; a round's line closes it.
 */
final class RunScalars {
  private final SortedMap<Long, StepSums> steps = new TreeMap<>();
  private final List<MemoryRecord> memory = new ArrayList<>();
  private final List<DriftRecord> drift = new ArrayList<>();
  private double seconds;
  private double waitSeconds;
  private long update;

  /**
   * Numbers of one step.
   *
   * @param step updates of each worker
   * @param backSeconds before the end of the round
   */
  record Point(long step, double backSeconds, List<Scalar> scalars) {}

  /** Sums over the workers of one update. */
  private static final class StepSums {
    private int count;
    private double loss;
    private double taskLoss;
    private double consistency;
    private double styleDistance;
    private double noiseLength;
    private double stepLength;
    private double learningRate;

    void add(StepRecord step) {
      count++;
      loss += step.loss();
      taskLoss += step.taskLoss();
      consistency += step.consistency();
      styleDistance += step.styleDistance();
      noiseLength += step.noiseLength();
      stepLength += step.stepLength();
      learningRate += step.learningRate();
    }

    List<Scalar> scalars() {
      List<Scalar> scalars = new ArrayList<>();
      scalars.add(mean("loss/update", loss));
      scalars.add(mean("learning_rate", learningRate));
      if (noiseLength > 0) {
        scalars.add(mean("loss/task", taskLoss));
        scalars.add(mean("loss/consistency", consistency));
        scalars.add(mean("mining/style_distance", styleDistance));
        scalars.add(mean("mining/noise_length", noiseLength));
        scalars.add(mean("mining/step_length", stepLength));
      }
      return scalars;
    }

    private Scalar mean(String tag, double sum) {
      return Scalar.of(tag, sum / count);
    }
  }

  /** Updates of each worker after the last round that was closed. */
  long update() {
    return update;
  }

  /** Takes a line; what it closes, in the order of the steps. */
  List<Point> take(MetricsRecord entry) {
    if (entry instanceof StepRecord step) {
      steps.computeIfAbsent(step.update(), index -> new StepSums()).add(step);
      seconds += step.seconds();
      waitSeconds += step.waitSeconds();
    } else if (entry instanceof MemoryRecord process) {
      memory.add(process);
    } else if (entry instanceof DriftRecord worker) {
      drift.add(worker);
    } else if (entry instanceof RollbackRecord) {
      forget();
    } else if (entry instanceof RoundRecord round) {
      List<Point> points = points(round);
      update = round.update();
      forget();
      return points;
    }
    return List.of();
  }

  private void forget() {
    steps.clear();
    memory.clear();
    drift.clear();
    seconds = 0;
    waitSeconds = 0;
  }

  private List<Point> points(RoundRecord round) {
    List<Point> points = new ArrayList<>();
    long first = steps.isEmpty() ? round.update() : steps.firstKey();
    long many = Math.max(1, round.update() - first + 1);
    steps.forEach(
        (index, sums) ->
            points.add(
                new Point(
                    index,
                    Math.max(0, round.seconds() * (round.update() - index) / many),
                    sums.scalars())));
    points.add(new Point(round.update(), 0, scalars(round)));
    return points;
  }

  private List<Scalar> scalars(RoundRecord round) {
    List<Scalar> scalars = new ArrayList<>();
    scalars.add(Scalar.of("round", round.round()));
    scalars.add(Scalar.of("loss/round", round.loss()));
    scalars.add(Scalar.of("speed/images_per_second", round.imagesPerSecond()));
    scalars.add(Scalar.of("speed/round_seconds", round.seconds()));
    scalars.add(Scalar.of("speed/sync_seconds", round.syncSeconds()));
    if (seconds > 0) {
      scalars.add(Scalar.of("speed/wait_share", waitSeconds / seconds));
    }
    scalars.add(Scalar.of("data/damaged_samples", round.damaged()));
    scalars.add(Scalar.of("workers", round.workers()));
    for (MemoryRecord process : memory) {
      memory(scalars, "resident", process.executor(), process.residentBytes());
      memory(scalars, "arrays", process.executor(), process.arrayBytes());
      memory(scalars, "heap", process.executor(), process.heapBytes());
    }
    for (DriftRecord worker : drift) {
      if (Double.isFinite(worker.relative())) {
        scalars.add(Scalar.of("drift/worker_" + worker.worker(), worker.relative()));
      }
    }
    return scalars;
  }

  private static void memory(List<Scalar> scalars, String what, String executor, long bytes) {
    if (bytes >= 0) {
      String process = executor.equals("driver") ? executor : "executor_" + executor;
      scalars.add(Scalar.of("memory_MB/%s_%s".formatted(process, what), bytes / 1e6));
    }
  }

  /** The scores of a network. */
  static List<Scalar> scalars(TaskScores scores) {
    List<Scalar> scalars = new ArrayList<>();
    if (scores instanceof Scores pixels) {
      score(scalars, "scores/mIoU", pixels.mIoU());
      score(scalars, "scores/pixel_accuracy", pixels.pixelAccuracy());
    } else if (scores instanceof ClassificationScores images) {
      score(scalars, "scores/accuracy", images.accuracy());
    }
    scores.classes().forEach((name, score) -> score(scalars, "scores_by_class/" + name, score));
    return scalars;
  }

  private static void score(List<Scalar> scalars, String tag, Double value) {
    if (value != null && Double.isFinite(value)) {
      scalars.add(Scalar.of(tag, value));
    }
  }
}
