package org.stylemining.training;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.longer.MatchCondition;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.data.Damage;
import org.stylemining.data.SourceBatch;
import org.stylemining.device.WorkerDevice;
import org.stylemining.report.StepRecord;

/**
 * dl4j-spark's averaging worker whose local step is a {@link LocalTrainer}'s: the graph it is given
 * only brings parameters and optimizer state from the driver and takes them back. One instance
 * serves one task, that is, one worker in one round.
 */
final class RoundWorker extends ParameterAveragingTrainingWorker {
  @Serial private static final long serialVersionUID = 1;

  private final Broadcast<WorkerKit> kit;
  private final int round;
  private final LongAccumulator updates;

  private transient WorkerDevice device;
  private transient LocalTrainer trainer;
  private transient List<StepRecord> steps;
  private transient List<Damage> skipped;
  private transient long seen;
  private transient long images;
  private transient String notFinite;
  private transient long readyAt;
  private transient double trainSeconds;
  private transient double waitSeconds;

  RoundWorker(
      Broadcast<NetBroadcastTuple> start,
      WorkerConfiguration configuration,
      Broadcast<WorkerKit> kit,
      int round,
      LongAccumulator updates) {
    super(start, true, configuration, null, null, null);
    this.kit = kit;
    this.round = round;
    this.updates = updates;
  }

  @Override
  public ComputationGraph getInitialModelGraph() {
    ComputationGraph carrier = super.getInitialModelGraph();
    steps = new ArrayList<>();
    skipped = new ArrayList<>();
    device = WorkerDevice.ofTask(kit.value().threads());
    device.bind();
    trainer = TrainerPool.take(kit.value(), device);
    TaskContext task = TaskContext.get();
    if (task != null) {
      // A trainer that was not handed back by then failed half way: its buffers are in an unknown
      // state.
      task.addTaskCompletionListener(
          context -> {
            if (trainer != null) {
              trainer.close();
              trainer = null;
            }
          });
    }
    trainer.load(ParameterCarrier.theta(carrier), ParameterCarrier.state(carrier));
    readyAt = System.nanoTime();
    return carrier;
  }

  @Override
  public ParameterAveragingTrainingResult processMinibatch(
      MultiDataSet decoded, ComputationGraph carrier, boolean isLast) {
    if (TaskContext.get().isInterrupted()) {
      // Nobody waits for this worker any more: its slot is wanted for the next round.
      throw new TaskKilledException("round " + round + " is over");
    }
    DecodedBatch batch = (DecodedBatch) decoded;
    SourceBatch source = batch.images();
    long start = System.nanoTime();
    double waited = (start - readyAt) * 1e-9;
    seen += batch.name().positions().length;
    images += source.size();
    skipped.addAll(source.skipped());
    // A batch of nothing but damaged samples is an update not made; the schedules go on. Behind a
    // loss that is not finite there is nothing to learn.
    if (!source.isEmpty() && notFinite == null) {
      for (StepRecord step : trainer.train(source, batch.name().firstUpdate())) {
        steps.add(placed(step, waited));
        waited = 0;
        updates.add(1);
        if (!Double.isFinite(step.loss()) && notFinite == null) {
          notFinite = "the loss of update %d is %s".formatted(step.update(), step.loss());
        }
      }
    }
    waitSeconds += (start - readyAt) * 1e-9;
    readyAt = System.nanoTime();
    trainSeconds += (readyAt - start) * 1e-9;
    if (!isLast) {
      return null;
    }
    trainer.store(ParameterCarrier.theta(carrier), ParameterCarrier.state(carrier));
    TrainerPool.giveBack(kit.value(), device, trainer);
    trainer = null;
    // dl4j-spark adds scores up; nobody reads them.
    carrier.setScore(0);
    if (notFinite == null) {
      notFinite = notFinite(carrier);
    }
    return getFinalResult(carrier);
  }

  /** What is not finite in the result; null where all is. */
  private static String notFinite(ComputationGraph carrier) {
    INDArray state = ParameterCarrier.state(carrier);
    if (!isFinite(ParameterCarrier.theta(carrier))) {
      return "its parameters are not finite";
    }
    return state == null || isFinite(state) ? null : "its optimizer state is not finite";
  }

  private static boolean isFinite(INDArray values) {
    return Nd4j.getExecutioner().exec(new MatchCondition(values, Conditions.notFinite())).getInt(0)
        == 0;
  }

  @Override
  public ParameterAveragingTrainingResult getFinalResult(ComputationGraph carrier) {
    return new WorkerResult(
        super.getFinalResult(carrier),
        new WorkerReport(
            TaskContext.getPartitionId(),
            device,
            steps,
            seen,
            images,
            skipped,
            trainSeconds,
            waitSeconds,
            notFinite));
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
