package org.stylemining.training;

import java.io.Serial;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;

/**
 * What a worker has after a round. It does not leave the worker's JVM: its slices do, one by one.
 */
final class WorkerResult extends ParameterAveragingTrainingResult {
  @Serial private static final long serialVersionUID = 1;

  private final WorkerReport report;
  private final Slicing slicing;
  private final transient RoundVectors vectors;

  /**
   * @param vectors the worker's, as they are until its task ends
   */
  WorkerResult(RoundVectors vectors, Slicing slicing, WorkerReport report) {
    super(null, null, 0, null, null, null);
    this.vectors = vectors;
    this.slicing = slicing;
    this.report = report;
  }

  WorkerReport report() {
    return report;
  }

  /** Slices it goes to the driver in: one without values where it does not count. */
  int slices() {
    return report.counts() ? slicing.count() : 1;
  }

  /** A copy of one slice. */
  float[] slice(int index) {
    return slicing.read(vectors, index);
  }
}
