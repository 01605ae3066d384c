package org.stylemining.device;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.config.ExecutorsConfig;
import org.stylemining.config.FewerExecutors;
import org.stylemining.config.UserMistake;

/**
 * Waits for the executors that were asked for; they register one by one, some time after the
 * application started.
 */
public final class ExecutorWait {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorWait.class);
  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * Where nobody said how many executors there are to be (a standalone cluster without {@code
   * spark.cores.max}), all machines start theirs at once: when none has come for so long, these are
   * all.
   */
  private static final Duration QUIET = Duration.ofSeconds(10);

  /**
   * How many executors are to come.
   *
   * @param executors 0: nobody said
   * @param saidBy the setting, for messages
   */
  record Asked(int executors, String saidBy) {}

  private ExecutorWait() {}

  /**
   * The executors, as soon as those asked for are there.
   *
   * @throws UserMistake where too few came in time
   */
  public static List<RegisteredExecutor> of(SparkContext spark, ExecutorsConfig config) {
    if (spark.isLocal()) {
      // Its own process is told of through a queue, a moment after the context is there.
      return of(
          () -> RegisteredExecutor.active(spark).stream().filter(own -> own.slots() > 0).toList(),
          new Asked(1, "local mode"),
          config,
          spark.master(),
          QUIET);
    }
    return of(
        () -> RegisteredExecutor.active(spark),
        asked(spark.conf(), config),
        config,
        spark.master(),
        QUIET);
  }

  static List<RegisteredExecutor> of(
      Supplier<List<RegisteredExecutor>> registered,
      Asked asked,
      ExecutorsConfig config,
      String master,
      Duration quiet) {
    long limit = Duration.ofSeconds(config.waitSeconds()).toNanos();
    long start = System.nanoTime();
    long changed = start;
    int known = 0;
    while (true) {
      List<RegisteredExecutor> now = registered.get();
      long time = System.nanoTime();
      if (now.size() != known) {
        known = now.size();
        changed = time;
      }
      if (asked.executors() > 0
          ? known >= asked.executors()
          : known > 0 && time - changed > quiet.toNanos()) {
        return now;
      }
      if (time - start > limit && (known == 0 || asked.executors() > 0)) {
        return fewer(now, asked, config, master);
      }
      pause();
    }
  }

  private static List<RegisteredExecutor> fewer(
      List<RegisteredExecutor> now, Asked asked, ExecutorsConfig config, String master) {
    String found =
        "%d of %s executors registered within cluster.executors.wait-seconds = %d at %s"
            .formatted(
                now.size(),
                asked.executors() == 0
                    ? "at least 1"
                    : "%d (%s)".formatted(asked.executors(), asked.saidBy()),
                config.waitSeconds(),
                master);
    if (now.isEmpty() || config.fewer() == FewerExecutors.STOP) {
      throw new UserMistake(
          found
              + "; is the cluster full, or does an executor ask for more memory, cores or GPUs than a machine has?"
              + (now.isEmpty()
                  ? ""
                  : " Ask for fewer, wait longer, or set cluster.executors.fewer=go-on"));
    }
    LOG.warn("{}; going on with those (cluster.executors.fewer = go-on)", found);
    return now;
  }

  /** How many are to come by the configuration, else by Spark's settings. */
  static Asked asked(SparkConf spark, ExecutorsConfig config) {
    if (config.count() > 0) {
      return new Asked(config.count(), "cluster.executors.count");
    }
    String master = spark.get("spark.master", "");
    if (master.startsWith("local-cluster")) {
      return new Asked(
          Integer.parseInt(master.replaceFirst("^local-cluster\\[\\s*(\\d+).*", "$1")),
          "the master " + master);
    }
    if (spark.getBoolean("spark.dynamicAllocation.enabled", false)) {
      // More come only while more tasks wait than there is room for.
      int initial = 1;
      for (String key :
          List.of(
              "spark.dynamicAllocation.minExecutors",
              "spark.dynamicAllocation.initialExecutors",
              "spark.executor.instances")) {
        initial = Math.max(initial, spark.getInt(key, 0));
      }
      return new Asked(initial, "the initial ones of spark.dynamicAllocation");
    }
    if (master.startsWith("spark:")) {
      int all = spark.getInt("spark.cores.max", 0);
      int each = spark.getInt("spark.executor.cores", 0);
      return all > 0 && each > 0
          ? new Asked(all / each, "spark.cores.max / spark.executor.cores")
          : new Asked(0, "");
    }
    // What YARN and Kubernetes start unless told.
    return spark.contains("spark.executor.instances")
        ? new Asked(spark.getInt("spark.executor.instances", 0), "spark.executor.instances")
        : new Asked(2, "Spark's default of spark.executor.instances");
  }

  private static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for executors", e);
    }
  }
}
