package org.stylemining.device;

import java.time.Duration;
import org.apache.spark.SparkContext;
import org.stylemining.config.UserMistake;

/** How many tasks a cluster runs at the same time. */
public final class TaskSlots {
  /** Executors come one by one; when none has come for so long, the rest is not waited for. */
  private static final Duration QUIET = Duration.ofSeconds(5);

  private static final Duration POLL = Duration.ofMillis(200);

  private TaskSlots() {}

  /**
   * The task slots of all executors, cores and GPUs considered. Executors register some time after
   * the application started: waits until there are {@code wanted} slots, until the executors asked
   * for are there, or until no more of them come.
   *
   * @param wanted slots that are enough; 0: as many as there are to be
   * @param limit longest time to wait for the first executor
   * @throws UserMistake where no executor came in time
   */
  public static int count(SparkContext spark, int wanted, Duration limit) {
    int asked = spark.conf().getInt("spark.executor.instances", 0);
    long start = System.nanoTime();
    long changed = start;
    int known = -1;
    while (true) {
      int slots = now(spark);
      if (spark.isLocal() || wanted > 0 && slots >= wanted) {
        return slots;
      }
      long time = System.nanoTime();
      if (slots != known) {
        known = slots;
        changed = time;
      }
      boolean complete = asked > 0 && executors(spark) >= asked;
      if (slots > 0 && (complete || time - changed > QUIET.toNanos())) {
        return slots;
      }
      if (slots == 0 && time - start > limit.toNanos()) {
        throw new UserMistake(
            "no executor registered within %d s at %s: expected at least one; is the cluster full, or does an executor ask for more than a machine has?"
                .formatted(limit.toSeconds(), spark.master()));
      }
      pause();
    }
  }

  /** Executors registered now, the driver not counted. */
  public static int executors(SparkContext spark) {
    return spark.isLocal() ? 1 : spark.statusTracker().getExecutorInfos().length - 1;
  }

  private static int now(SparkContext spark) {
    // Spark's own count, as for barrier stages: cores and resources such as GPUs.
    return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
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
