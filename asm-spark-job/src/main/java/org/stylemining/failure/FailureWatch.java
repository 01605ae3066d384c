package org.stylemining.failure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.collection.JavaConverters;

/**
 * Notes what fails in one piece of work of an application, in the order in which it fails: of the
 * jobs that its thread submits. Other work may go on beside it.
 */
public final class FailureWatch extends SparkListener {
  /** Local property of the jobs that belong to a piece of work. */
  private static final String WORK = "asm.work";

  /** More say nothing new. */
  private static final int MOST = 50;

  private final String work = UUID.randomUUID().toString();
  private final Set<Integer> stages = new HashSet<>();
  private final List<FailedTask> tasks = new ArrayList<>();
  private final Map<String, String> removed = new LinkedHashMap<>();
  private long count;

  /** The jobs that the calling thread submits from now on are this work's. */
  void begin(SparkContext spark) {
    clear();
    spark.addSparkListener(this);
    spark.setLocalProperty(WORK, work);
  }

  /** The work is done, or has failed. */
  void end(SparkContext spark) {
    spark.setLocalProperty(WORK, null);
    spark.removeSparkListener(this);
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart job) {
    if (work.equals(job.properties().getProperty(WORK))) {
      JavaConverters.seqAsJavaList(job.stageInfos()).forEach(stage -> stages.add(stage.stageId()));
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    if (!stages.contains(end.stageId())) {
      return;
    }
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
  private synchronized void clear() {
    stages.clear();
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
