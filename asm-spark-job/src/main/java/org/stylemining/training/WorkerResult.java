package org.stylemining.training;

import java.io.Serial;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;

/**
 * A worker's parameters and optimizer state after a round, as dl4j-spark averages them, with the
 * worker's report.
 */
final class WorkerResult extends ParameterAveragingTrainingResult {
  @Serial private static final long serialVersionUID = 1;

  private final WorkerReport report;

  WorkerResult(ParameterAveragingTrainingResult trained, WorkerReport report) {
    super(trained.getParameters(), trained.getUpdaterState(), trained.getScore(), null, null, null);
    this.report = report;
  }

  WorkerReport report() {
    return report;
  }
}
