package org.stylemining.failure;

import java.time.Instant;
import java.util.Optional;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.scheduler.TaskInfo;
import org.stylemining.doctor.Causes;

/**
 * An attempt of a task that failed.
 *
 * @param time of its end
 * @param stage Spark's number
 * @param partition Spark's number: of a worker, while a round trains
 * @param attempt from 1
 * @param executor Spark's id
 * @param host the executor's
 * @param cause what went wrong, in a line
 * @param details Spark's account, with the stack trace
 */
record FailedTask(
    Instant time,
    int stage,
    int partition,
    int attempt,
    String executor,
    String host,
    String cause,
    String details) {

  static FailedTask of(int stage, TaskInfo task, TaskFailedReason reason) {
    return new FailedTask(
        Instant.ofEpochMilli(task.finishTime()),
        stage,
        task.partitionId(),
        task.attemptNumber() + 1,
        task.executorId(),
        task.host(),
        cause(reason),
        reason.toErrorString());
  }

  private static String cause(TaskFailedReason reason) {
    if (reason instanceof ExceptionFailure failure) {
      Optional<Throwable> thrown =
          failure.exception().isEmpty() ? Optional.empty() : Optional.of(failure.exception().get());
      return thrown
          .map(FailedTask::root)
          .orElse(failure.className() + ": " + firstLine(failure.description()));
    }
    if (reason instanceof ExecutorLostFailure lost) {
      return "the executor was lost"
          + (lost.reason().isEmpty() ? "" : ": " + firstLine(lost.reason().get()));
    }
    return firstLine(reason.toErrorString());
  }

  /** The innermost cause, by its short name. */
  static String root(Throwable thrown) {
    Throwable cause = Causes.innermost(thrown);
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : ": " + firstLine(message));
  }

  private static String firstLine(String text) {
    return text.strip().lines().findFirst().orElse("").strip();
  }
}
