package org.stylemining.command;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ExecutorsConfig;
import org.stylemining.device.DeviceRequest;
import org.stylemining.device.ExecutorWait;
import org.stylemining.device.MemoryNeed;
import org.stylemining.device.StartCheck;
import org.stylemining.device.WorkerDevice;
import org.stylemining.doctor.Backend;
import org.stylemining.failure.FailureReport;
import org.stylemining.monitoring.JobLabel;
import org.stylemining.provenance.Cluster;
import org.stylemining.provenance.Provenance;
import org.stylemining.report.RunFolder;
import org.stylemining.training.YarnAttempt;

/** A command's Spark context, with the settings that the program needs. */
final class SparkRun implements AutoCloseable {
  private final JavaSparkContext context;
  private StartCheck start;

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
    return YarnAttempt.of(container).filter(YarnAttempt::isFurther).isPresent();
  }

  /**
   * Whether this process is such a driver and the run in a folder was begun by one before it: a run
   * that was there before the application is another's, to be refused as in the first attempt.
   *
   * @param container what YARN calls the driver's container; null where there is none
   */
  static boolean goesOnByItself(RunFolder run, String container) throws IOException {
    return isFurtherAttempt(container)
        && run.fileSystem().exists(run.provenance())
        && Provenance.fromJson(run.read(run.provenance()))
            .cluster()
            .applicationId()
            .equals(YarnAttempt.of(container).orElseThrow().application());
  }

  /**
   * Starts Spark.
   *
   * @throws org.stylemining.config.UserMistake where what is asked of it does not go with the build
   *     or the configuration
   */
  static SparkRun start(String name, AsmConfig config) {
    SparkConf conf = conf(name);
    DeviceRequest.of(config.cluster()).check(Backend.onClassPath(), conf);
    return new SparkRun(new JavaSparkContext(conf));
  }

  /** Starts Spark for work that nothing configures. */
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
        // Where there is an event log, a run of weeks must not make one file of it.
        .setIfMissing("spark.eventLog.rolling.enabled", "true")
        .setIfMissing("spark.eventLog.rolling.maxFileSize", "32m")
        // With a quorum a round brings every worker's parameters to the driver: the default limit
        // of 1 GB is three large networks.
        .setIfMissing("spark.driver.maxResultSize", "0");
  }

  JavaSparkContext context() {
    return context;
  }

  /** Makes the calling thread, the driver's, compute as a worker does. */
  void bindDriver(AsmConfig config) {
    WorkerDevice.bindDriver(context.sc(), DeviceRequest.of(config.cluster()));
  }

  /**
   * The task slots there are: waits for the executors, and tells what they are, where that was not
   * done yet.
   *
   * @throws org.stylemining.config.UserMistake where the executors are not those asked for
   */
  int slots(AsmConfig config) {
    if (start == null) {
      start = StartCheck.of(context, config.cluster(), System.out);
    }
    return start.slots();
  }

  /** The task slots that these executors have, which are waited for. */
  int slots(ExecutorsConfig executors) {
    SparkContext spark = context.sc();
    ExecutorWait.of(spark, executors);
    return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
  }

  /**
   * Checks that there is memory for work.
   *
   * @param workers of the work
   * @throws org.stylemining.config.UserMistake where there is not, with what to do
   */
  void requireMemory(AsmConfig config, MemoryNeed need, int workers) {
    slots(config);
    start.requireMemory(need, workers);
  }

  /**
   * Does work; where it fails, tells the first cause and copies the executors' logs.
   *
   * @param group what Spark shows as the group of the work's jobs, such as {@code train runs/a}
   * @param title what the descriptions of its jobs begin with
   * @param logs folder for the logs
   */
  <T> T watched(
      String group, String title, FileSystem fileSystem, Path logs, FailureReport.Work<T> work)
      throws IOException {
    try (JobLabel label = label(group, title)) {
      return new FailureReport(context.sc(), fileSystem, logs).around(work);
    }
  }

  /** What Spark calls the jobs of the calling thread until it is closed. */
  JobLabel label(String group, String title) {
    return JobLabel.work(context.sc(), group, title);
  }

  /** Where this runs. */
  Cluster cluster(int workers) {
    SparkContext spark = context.sc();
    return new Cluster(
        spark.applicationId(), spark.master(), start == null ? 1 : start.executors(), workers);
  }

  @Override
  public void close() {
    context.close();
  }
}
