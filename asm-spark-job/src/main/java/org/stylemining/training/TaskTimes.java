package org.stylemining.training;

import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** When the tasks since {@link #reset} started and ended, and what they moved. */
final class TaskTimes extends SparkListener {
  private long firstLaunch;
  private long lastFinish;
  private long resultBytes;
  private long shuffleBytes;
  private long gcMillis;

  synchronized void reset() {
    firstLaunch = Long.MAX_VALUE;
    lastFinish = 0;
    resultBytes = 0;
    shuffleBytes = 0;
    gcMillis = 0;
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    firstLaunch = Math.min(firstLaunch, end.taskInfo().launchTime());
    lastFinish = Math.max(lastFinish, end.taskInfo().finishTime());
    TaskMetrics metrics = end.taskMetrics();
    if (metrics != null) {
      resultBytes += metrics.resultSize();
      shuffleBytes += metrics.shuffleReadMetrics().totalBytesRead();
      gcMillis += metrics.jvmGCTime();
    }
  }

  /** Milliseconds since 1970. */
  synchronized long firstLaunch() {
    return firstLaunch;
  }

  /** Milliseconds since 1970; for a result that was fetched, when the driver had it. */
  synchronized long lastFinish() {
    return lastFinish;
  }

  /** Bytes that came to the driver. */
  synchronized long resultBytes() {
    return resultBytes;
  }

  /** Bytes that executors read from each other or from their own disks. */
  synchronized long shuffleBytes() {
    return shuffleBytes;
  }

  synchronized long gcMillis() {
    return gcMillis;
  }
}
