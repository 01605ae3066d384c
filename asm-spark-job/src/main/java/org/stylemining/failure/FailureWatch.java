package org.stylemining.failure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Notes what fails while an application runs, in the order in which it fails. */
public final class FailureWatch extends SparkListener {
  /** More say nothing new. */
  private static final int MOST = 50;

  private final List<FailedTask> tasks = new ArrayList<>();
  private final Map<String, String> removed = new LinkedHashMap<>();
  private long count;

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    // Spark ends the rest of a stage that has failed; that is no cause.
    if (end.reason() instanceof TaskFailedReason reason && !(reason instanceof TaskKilled)) {
      count++;
      if (tasks.size() < MOST) {
        tasks.add(FailedTask.of(end.stageId(), end.taskInfo(), reason));
      }
    }
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    removed.put(event.executorId(), event.reason());
  }

  /** Forgets all, for the next piece of work. */
  synchronized void clear() {
    tasks.clear();
    removed.clear();
    count = 0;
  }

  /** Failed attempts of tasks, first to last; of many the first ones. */
  synchronized List<FailedTask> tasks() {
    return List.copyOf(tasks);
  }

  /** How many failed. */
  synchronized long count() {
    return count;
  }

  /** Executors that are gone, with the reason told. */
  synchronized Map<String, String> removed() {
    return new LinkedHashMap<>(removed);
  }
}
