package org.stylemining.monitoring;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.function.Function;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.MetricsSystem;
import org.apache.spark.metrics.source.Source;
import org.stylemining.report.RoundRecord;
import scala.collection.JavaConverters;

/**
 * Gauges of a run in the driver's part of Spark's metrics system, as of its last sync round: {@code
 * asm.round} and so on, for whatever sinks Spark is set up with. Before the first round counts are
 * 0 and all others not a number.
 *
 * <p>This implements Spark's own interface of sources, which Scala code outside of Spark does not
 * see but byte code does. A {@code SparkPlugin}, the other way, would be loaded by every executor
 * and put its class into the names: {@code plugin.org.stylemining….asm.round}.
 */
final class RoundGauges implements Source {
  private static final String SOURCE = "asm";

  private final String name;
  private final MetricRegistry registry = new MetricRegistry();
  private volatile Reading reading =
      new Reading(0, 0, 0, Double.NaN, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /**
   * Values after a round.
   *
   * @param images source images since this driver began with the run
   * @param dataWait share of the workers' time in the round spent waiting for images
   */
  private record Reading(
      int round,
      int rounds,
      long update,
      double loss,
      long images,
      double imagesPerSecond,
      double dataWait,
      double syncSeconds,
      double roundSeconds) {}

  private RoundGauges(String name) {
    this.name = name;
    gauge("round", Reading::round);
    gauge("rounds", Reading::rounds);
    gauge("update", Reading::update);
    gauge("loss", Reading::loss);
    gauge("images", Reading::images);
    gauge("images_per_second", Reading::imagesPerSecond);
    gauge("data_wait", Reading::dataWait);
    gauge("sync_seconds", Reading::syncSeconds);
    gauge("round_seconds", Reading::roundSeconds);
  }

  private <T> void gauge(String metric, Function<Reading, T> value) {
    registry.register(metric, (Gauge<T>) () -> value.apply(reading));
  }

  /**
   * The gauges of a run in this driver's metrics system; registered where they are not yet, so that
   * a run that follows another one under the same name takes over.
   *
   * @param run its name; empty where the application has one run at a time
   */
  static RoundGauges registered(String run) {
    String name = run.isEmpty() ? SOURCE : SOURCE + "." + run.replace('/', '.');
    MetricsSystem metrics = SparkEnv.get().metricsSystem();
    synchronized (RoundGauges.class) {
      for (Source source : JavaConverters.seqAsJavaList(metrics.getSourcesByName(name))) {
        if (source instanceof RoundGauges gauges) {
          return gauges;
        }
      }
      RoundGauges gauges = new RoundGauges(name);
      metrics.registerSource(gauges);
      return gauges;
    }
  }

  /** Takes a round's values. */
  void set(RoundRecord round, double dataWait) {
    reading =
        new Reading(
            round.round(),
            round.rounds(),
            round.update(),
            round.loss(),
            reading.images + round.images(),
            round.imagesPerSecond(),
            dataWait,
            round.syncSeconds(),
            round.seconds());
  }

  @Override
  public String sourceName() {
    return name;
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }
}
