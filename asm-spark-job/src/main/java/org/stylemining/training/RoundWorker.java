package org.stylemining.training;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.config.WorkerWeight;
import org.stylemining.data.Damage;
import org.stylemining.data.SourceBatch;
import org.stylemining.device.ProcessMemory;
import org.stylemining.device.WorkerDevice;
import org.stylemining.report.StepRecord;

/**
 * dl4j-spark's averaging worker whose local step is a {@link LocalTrainer}'s; the graph that
 * dl4j-spark hands around is empty. One instance serves one task, that is, one worker in one round.
 */
final class RoundWorker extends ParameterAveragingTrainingWorker {
  @Serial private static final long serialVersionUID = 1;

  private final Broadcast<RoundStart> start;
  private final Broadcast<WorkerKit> kit;
  private final int round;
  private final WorkerWeight weight;
  private final LongAccumulator updates;

  private transient WorkerDevice device;
  private transient Workplace workplace;
  private transient List<StepRecord> steps;
  private transient List<Damage> skipped;
  private transient long seen;
  private transient long images;
  private transient String notFinite;
  private transient boolean trained;
  private transient long readyAt;
  private transient double trainSeconds;
  private transient double waitSeconds;

  RoundWorker(
      Broadcast<RoundStart> start,
      WorkerConfiguration configuration,
      Broadcast<WorkerKit> kit,
      int round,
      WorkerWeight weight,
      LongAccumulator updates) {
    super(null, true, configuration, null, null, null);
    this.start = start;
    this.kit = kit;
    this.round = round;
    this.weight = weight;
    this.updates = updates;
  }

  @Override
  public ComputationGraph getInitialModelGraph() {
    steps = new ArrayList<>();
    skipped = new ArrayList<>();
    device = WorkerDevice.ofTask(kit.value().devices());
    device.bind();
    workplace = TrainerPool.take(kit.value(), device);
    // Its vectors are read until the task ends. One that failed half way is in an unknown state.
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> leave());
    start.value().copyTo(workplace.vectors());
    workplace.load();
    readyAt = System.nanoTime();
    return EmptyGraph.create();
  }

  private void leave() {
    if (trained) {
      TrainerPool.giveBack(kit.value(), device, workplace);
    } else {
      workplace.close();
    }
  }

  @Override
  public ParameterAveragingTrainingResult processMinibatch(
      MultiDataSet decoded, ComputationGraph empty, boolean isLast) {
    if (TaskContext.get().isInterrupted()) {
      // Nobody waits for this worker any more: its slot is wanted for the next round.
      throw new TaskKilledException("round " + round + " is over");
    }
    DecodedBatch batch = (DecodedBatch) decoded;
    SourceBatch source = batch.images();
    long startedAt = System.nanoTime();
    double waited = (startedAt - readyAt) * 1e-9;
    seen += batch.name().positions().length;
    images += source.size();
    skipped.addAll(source.skipped());
    // A batch of nothing but damaged samples is an update not made; the schedules go on. Behind a
    // loss that is not finite there is nothing to learn.
    if (!source.isEmpty() && notFinite == null) {
      for (StepRecord step : workplace.trainer().train(source, batch.name().firstUpdate())) {
        steps.add(placed(step, waited));
        waited = 0;
        updates.add(1);
        if (!Double.isFinite(step.loss()) && notFinite == null) {
          notFinite = "the loss of update %d is %s".formatted(step.update(), step.loss());
        }
      }
    }
    waitSeconds += (startedAt - readyAt) * 1e-9;
    readyAt = System.nanoTime();
    trainSeconds += (readyAt - startedAt) * 1e-9;
    if (!isLast) {
      return null;
    }
    workplace.store();
    trained = true;
    if (notFinite == null) {
      notFinite = workplace.vectors().notFinite();
    }
    return getFinalResult(empty);
  }

  @Override
  public ParameterAveragingTrainingResult getFinalResult(ComputationGraph empty) {
    return new WorkerResult(
        workplace.vectors(),
        start.value().slicing(),
        new WorkerReport(
            TaskContext.getPartitionId(),
            device,
            steps,
            seen,
            images,
            skipped,
            trainSeconds,
            waitSeconds,
            notFinite,
            ProcessMemory.now(round)),
        weight);
  }

  /**
   * The record with what the trainer does not know; a batch's first update is the one that waited
   * for it.
   */
  private StepRecord placed(StepRecord step, double waited) {
    return new StepRecord(
        round,
        TaskContext.getPartitionId(),
        step.update(),
        step.miningStep(),
        step.loss(),
        step.taskLoss(),
        step.consistency(),
        step.styleDistance(),
        step.noiseLength(),
        step.stepLength(),
        step.learningRate(),
        step.images(),
        step.seconds() + waited,
        waited);
  }
}
