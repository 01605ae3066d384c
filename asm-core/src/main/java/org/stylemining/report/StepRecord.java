package org.stylemining.report;

/**
 * One mining step of one worker: one update of the task model.
 *
 * @param round sync round, from 1
 * @param worker index of the worker, from 0
 * @param update updates of this worker so far, this one included
 * @param miningStep step within its source batch, 1..depth
 * @param loss L_M = taskLoss + lambda * consistency
 * @param taskLoss mean cross entropy over the labelled pixels, in nats
 * @param consistency Eq. 7 before its weight lambda
 * @param styleDistance mean over the images of ||eps - psi||
 * @param noiseLength mean over the images of ||n * xi||
 * @param stepLength mean length of the step that eps took after this update; 0 where it took none
 * @param learningRate of the backbone in this update
 * @param images source images in the batch
 * @param seconds time of this update, waiting included
 * @param waitSeconds part of it spent waiting for images
 */
public record StepRecord(
    int round,
    int worker,
    long update,
    int miningStep,
    double loss,
    double taskLoss,
    double consistency,
    double styleDistance,
    double noiseLength,
    double stepLength,
    double learningRate,
    int images,
    double seconds,
    double waitSeconds)
    implements MetricsRecord {

  /**
   * A step that mines no styles, as its trainer knows it.
   *
   * @param start when it began, {@link System#nanoTime}
   */
  public static StepRecord withoutStyles(
      long update,
      int miningStep,
      double loss,
      double taskLoss,
      double consistency,
      double learningRate,
      int images,
      long start) {
    return new StepRecord(
        0,
        0,
        update,
        miningStep,
        loss,
        taskLoss,
        consistency,
        0,
        0,
        0,
        learningRate,
        images,
        (System.nanoTime() - start) / 1e9,
        0);
  }
}
