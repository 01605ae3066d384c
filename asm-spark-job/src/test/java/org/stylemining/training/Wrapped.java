package org.stylemining.training;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.data.SourceBatch;
import org.stylemining.report.StepRecord;

/** Another trainer, whose losses are told as a test wants them. */
abstract class Wrapped implements LocalTrainer {
  private final LocalTrainer trainer;

  Wrapped(LocalTrainer trainer) {
    this.trainer = trainer;
  }

  /** The loss to tell; may throw. */
  abstract double loss(StepRecord step);

  @Override
  public List<StepRecord> train(SourceBatch batch, long firstUpdate) {
    return trainer.train(batch, firstUpdate).stream()
        .map(
            s ->
                new StepRecord(
                    s.round(),
                    s.worker(),
                    s.update(),
                    s.miningStep(),
                    loss(s),
                    s.taskLoss(),
                    s.consistency(),
                    s.styleDistance(),
                    s.noiseLength(),
                    s.stepLength(),
                    s.learningRate(),
                    s.images(),
                    s.seconds(),
                    s.waitSeconds()))
        .toList();
  }

  @Override
  public long parameterCount() {
    return trainer.parameterCount();
  }

  @Override
  public long stateCount() {
    return trainer.stateCount();
  }

  @Override
  public int updatesPerBatch() {
    return trainer.updatesPerBatch();
  }

  @Override
  public void load(INDArray theta, INDArray state) {
    trainer.load(theta, state);
  }

  @Override
  public void store(INDArray theta, INDArray state) {
    trainer.store(theta, state);
  }

  @Override
  public void close() {
    trainer.close();
  }
}
