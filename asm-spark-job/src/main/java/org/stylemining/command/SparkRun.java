package org.stylemining.command;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.config.AsmConfig;
import org.stylemining.device.TaskSlots;
import org.stylemining.device.WorkerDevice;
import org.stylemining.provenance.Cluster;
import org.stylemining.provenance.Provenance;
import org.stylemining.report.RunFolder;

/** A command's Spark context, with the settings that the program needs. */
final class SparkRun implements AutoCloseable {
  /** YARN's name of the container that a driver runs in: application, attempt, container. */
  private static final Pattern CONTAINER =
      Pattern.compile("container_(?:e\\d+_)?(\\d+_\\d+)_(\\d+)_\\d+");

  private static final Logger LOG = LoggerFactory.getLogger(SparkRun.class);

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
    return matcher.matches() && Integer.parseInt(matcher.group(2)) > 1;
  }

  /**
   * Whether this process is such a driver and the run in a folder was begun by one before it: a run
   * that was there before the application is another's, to be refused as in the first attempt.
   *
   * @param container what YARN calls the driver's container; null where there is none
   */
  static boolean goesOnByItself(RunFolder run, String container) throws IOException {
    Matcher matcher = CONTAINER.matcher(container == null ? "" : container);
    return isFurtherAttempt(container)
        && matcher.matches()
        && run.fileSystem().exists(run.provenance())
        && Provenance.fromJson(run.read(run.provenance()))
            .cluster()
            .applicationId()
            .equals("application_" + matcher.group(1));
  }

  /** Starts Spark. */
  static SparkRun start(String name) {
    SparkConf conf = conf(name);
    ClusterAdvice.of(conf, ClusterAdvice.vectorsHere()).forEach(LOG::warn);
    return new SparkRun(new JavaSparkContext(conf));
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

  /** Makes the calling thread, the driver's, compute as a worker does. */
  void bindDriver(AsmConfig config) {
    WorkerDevice.bindDriver(context.sc(), config.cluster().threads());
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
