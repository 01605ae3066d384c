package org.stylemining.adapt;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.data.SourceBatch;
import org.stylemining.report.StepRecord;

/** Trains a task model by a method of adaptation. */
public final class TaskTrainer implements LocalTrainer {
  private final Learner learner;
  private final AdaptationMethod method;
  private final Runnable release;

  /**
   * @param learner taken over
   * @param release closes what else the trainer stands on
   */
  public TaskTrainer(Learner learner, AdaptationMethod method, Runnable release) {
    this.learner = learner;
    this.method = method;
    this.release = release;
  }

  @Override
  public long parameterCount() {
    return learner.model().parameters().size();
  }

  @Override
  public long stateCount() {
    return learner.state() == null ? 0 : learner.state().length();
  }

  @Override
  public int updatesPerBatch() {
    return method.updatesPerBatch();
  }

  @Override
  public void load(INDArray theta, INDArray state) {
    Vectors.copy(theta, learner.model().parameters().theta());
    Vectors.copy(state, learner.state());
  }

  @Override
  public void store(INDArray theta, INDArray state) {
    Vectors.copy(learner.model().parameters().theta(), theta);
    Vectors.copy(learner.state(), state);
  }

  @Override
  public List<StepRecord> train(SourceBatch batch, long firstUpdate) {
    return batch.isEmpty() ? List.of() : method.train(batch, firstUpdate, learner);
  }

  @Override
  public BatchStatistics statistics(SourceBatch batch, long firstUpdate) {
    return learner.statistics(() -> method.train(batch, firstUpdate, learner));
  }

  @Override
  public void close() {
    learner.close();
    release.run();
  }
}
