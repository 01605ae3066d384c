package org.stylemining.monitoring;

import java.util.List;
import org.apache.spark.SparkContext;
import org.stylemining.config.ReportConfig;
import org.stylemining.report.MetricsRecord;
import org.stylemining.report.RoundRecord;
import org.stylemining.report.RunFolder;
import org.stylemining.report.StepRecord;

/** Shows a run in Spark: labels the jobs of its rounds, and sets gauges after each of them. */
public final class SparkMonitor implements RunMonitor {
  private final SparkContext spark;
  private final RoundGauges gauges;
  private double stepSeconds;
  private double waitSeconds;

  /**
   * @param name of the run among those of the application, such as {@code adversarial/seed-1};
   *     empty where it has one run at a time
   */
  public SparkMonitor(SparkContext spark, String name) {
    this.spark = spark;
    this.gauges = RoundGauges.registered(name);
  }

  /** This, and whatever else the configuration asks for. */
  public static RunMonitor of(SparkContext spark, String name, ReportConfig report, RunFolder run) {
    SparkMonitor monitor = new SparkMonitor(spark, name);
    return report.tensorboard()
        ? RunMonitor.of(List.of(monitor, new TensorBoardMonitor(run)))
        : monitor;
  }

  @Override
  public Part round(int round, int rounds, long first, long last) {
    JobLabel label =
        JobLabel.part(spark, "round %d/%d, updates %d-%d".formatted(round, rounds, first, last));
    return label::close;
  }

  @Override
  public void saw(MetricsRecord entry) {
    if (entry instanceof StepRecord step) {
      stepSeconds += step.seconds();
      waitSeconds += step.waitSeconds();
    } else if (entry instanceof RoundRecord round) {
      gauges.set(round, stepSeconds > 0 ? waitSeconds / stepSeconds : Double.NaN);
      stepSeconds = 0;
      waitSeconds = 0;
    }
  }
}
