package org.stylemining.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.stylemining.config.AsmConfig;
import org.stylemining.device.TaskSlots;
import org.stylemining.provenance.Cluster;

/** A command's Spark context, with the settings that the program needs. */
final class SparkRun implements AutoCloseable {
  /** YARN's name of the container that a driver runs in; the attempt is its last number but one. */
  private static final Pattern CONTAINER =
      Pattern.compile("container_(?:e\\d+_)?\\d+_\\d+_(\\d+)_\\d+");

  private static final Duration FIRST_EXECUTOR = Duration.ofMinutes(5);

  private final JavaSparkContext context;

  private SparkRun(JavaSparkContext context) {
    this.context = context;
  }

  /**
   * How file systems are reached: Hadoop's files on the class path and spark.hadoop.* properties.
   */
  static Configuration hadoop() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }

  /** Whether this process is a driver that YARN has started again after a failure. */
  static boolean isFurtherAttempt(String container) {
    Matcher matcher = CONTAINER.matcher(container == null ? "" : container);
    return matcher.matches() && Integer.parseInt(matcher.group(1)) > 1;
  }

  /** Starts Spark. */
  static SparkRun start(String name) {
    return new SparkRun(new JavaSparkContext(conf(name)));
  }

  static SparkConf conf(String name) {
    return new SparkConf()
        .setIfMissing("spark.master", "local[*]")
        .setIfMissing("spark.app.name", name)
        .setIfMissing("spark.ui.showConsoleProgress", "false")
        // Off-heap arrays know Java's serialisation; Kryo would copy their addresses.
        .set("spark.serializer", "org.apache.spark.serializer.JavaSerializer")
        // A round brings every worker's parameters to the driver: the default limit of 1 GB is
        // three large networks.
        .setIfMissing("spark.driver.maxResultSize", "0");
  }

  JavaSparkContext context() {
    return context;
  }

  /** The task slots there are to be; waits for the executors. */
  int slots(AsmConfig config) {
    return slots(config.cluster().workers());
  }

  /** The same, where so many are enough; 0: all. */
  int slots(int wanted) {
    return TaskSlots.count(context.sc(), wanted, FIRST_EXECUTOR);
  }

  /** Where this runs. */
  Cluster cluster(int workers) {
    SparkContext spark = context.sc();
    return new Cluster(spark.applicationId(), spark.master(), TaskSlots.executors(spark), workers);
  }

  @Override
  public void close() {
    context.close();
  }
}
