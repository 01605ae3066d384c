package org.stylemining.training;

import java.io.Serial;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.stylemining.config.WorkerWeight;

/**
 * What a worker has after a round. It does not leave the worker's JVM: its slices do, one by one.
 */
final class WorkerResult extends ParameterAveragingTrainingResult {
  @Serial private static final long serialVersionUID = 1;

  private final WorkerReport report;
  private final Slicing slicing;
  private final long weight;
  private final transient RoundVectors vectors;

  /**
   * @param vectors the worker's, as they are until its task ends
   * @param slicing of their leading values, those that are averaged
   * @param rule what the worker counts by
   */
  WorkerResult(RoundVectors vectors, Slicing slicing, WorkerReport report, WorkerWeight rule) {
    super(null, null, 0, null, null, null);
    this.vectors = vectors;
    this.slicing = slicing;
    this.report = report;
    this.weight = report.weight(rule);
  }

  WorkerReport report() {
    return report;
  }

  /** Its weight in the average; 0 where it has no part in it. */
  long weight() {
    return weight;
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
