package org.stylemining.device;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.bytedeco.javacpp.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.config.ClusterConfig;
import org.stylemining.config.MemoryCheck;
import org.stylemining.config.UserMistake;

/**
 * What a job does before its work: it waits for its executors, visits each, tells what they are,
 * and refuses what cannot go well.
 */
public final class StartCheck {
  private static final Logger LOG = LoggerFactory.getLogger(StartCheck.class);

  private final JavaSparkContext spark;
  private final ClusterConfig config;
  private final List<ExecutorFacts> executors;

  private StartCheck(JavaSparkContext spark, ClusterConfig config, List<ExecutorFacts> executors) {
    this.spark = spark;
    this.config = config;
    this.executors = executors;
  }

  /**
   * Waits for the executors that were asked for, visits and prints them.
   *
   * @param out where a person watches
   * @throws UserMistake where too few came, where one cannot compute as it is to, or where two were
   *     given the same GPU
   */
  public static StartCheck of(JavaSparkContext spark, ClusterConfig config, PrintStream out) {
    SparkContext context = spark.sc();
    List<RegisteredExecutor> registered = ExecutorWait.of(context, config.executors());
    List<ExecutorFacts> executors = ExecutorVisit.of(spark, registered, DeviceRequest.of(config));
    StartCheck check = new StartCheck(spark, config, executors);
    check.print(out);
    ExecutorChecks checks = check.checks();
    // YARN's containers count their GPUs anew, so that every one has a GPU 0.
    refuse(checks.gpuMistakes(context.master().startsWith("yarn")));
    List<String> missing = new ArrayList<>(checks.missingSettings());
    if (!context.isLocal()) {
      missing.addAll(ExecutorChecks.missingSettings(context.conf(), ExecutorFacts.vectorsHere()));
    }
    if (!missing.isEmpty()) {
      LOG.warn(
          "all works without the settings below, which bin/asm makes, but more slowly, or until a container is ended for its memory:\n  {}",
          String.join("\n  ", missing));
    }
    return check;
  }

  private ExecutorChecks checks() {
    return new ExecutorChecks(executors, spark.sc().isLocal());
  }

  private void print(PrintStream out) {
    out.printf(
        "%d %s, %d %s at a time%n",
        executors.size(),
        executors.size() == 1 ? "executor" : "executors",
        slots(),
        slots() == 1 ? "worker" : "workers");
    executors.forEach(executor -> out.println("  " + executor));
  }

  /** Workers that have room at the same time. */
  public int slots() {
    return executors.stream().mapToInt(ExecutorFacts::slots).sum();
  }

  /** Executors there are. */
  public int executors() {
    return executors.size();
  }

  /**
   * Checks that the executors and the driver have the memory that a job needs.
   *
   * @param workers of the job
   * @throws UserMistake where one has not, unless {@code cluster.memory-check = warn}
   */
  public void requireMemory(MemoryNeed need, int workers) {
    List<String> mistakes = new ArrayList<>(checks().memoryMistakes(need, workers));
    if (!spark.sc().isLocal()) {
      mistakes.addAll(
          ExecutorChecks.driverMistakes(
              need,
              Runtime.getRuntime().maxMemory(),
              Optional.ofNullable(System.getProperty(ExecutorFacts.ARRAY_LIMIT))
                  .map(set -> Pointer.maxBytes())
                  .orElse(0L),
              Pointer.maxPhysicalBytes(),
              ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                  .getTotalMemorySize()));
    }
    if (config.memoryCheck() == MemoryCheck.WARN) {
      mistakes.forEach(LOG::warn);
    } else {
      refuse(mistakes);
    }
  }

  private static void refuse(List<String> mistakes) {
    if (!mistakes.isEmpty()) {
      throw new UserMistake(String.join("\n", mistakes));
    }
  }
}
