package org.stylemining.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.SparkContext;
import org.apache.spark.Success$;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.config.UserMistake;
import org.stylemining.device.RegisteredExecutor;
import org.stylemining.doctor.Causes;
import org.stylemining.failure.RunFailure;
import scala.collection.JavaConverters;

/**
 * Watches the tasks of one sync round after another, to tell who is late or failed, where, and what
 * came first. How far a running worker is it learns from the executors' heartbeats.
 */
final class RoundWatch extends SparkListener implements AutoCloseable {
  /** Local property of the jobs that belong to a round. */
  private static final String ROUND = "asm.sync-round";

  private static final Logger LOG = LoggerFactory.getLogger(RoundWatch.class);
  private static final long EVENTS_MILLIS = 5_000;

  private final SparkContext spark;
  private final String run;
  private final LongAccumulator updates;

  private String current = "";
  private int round;
  private int workerStage = -1;
  private final Map<Long, Attempt> attempts = new LinkedHashMap<>();
  private final List<Attempt> failed = new ArrayList<>();
  private final Set<Integer> finished = new HashSet<>();

  /** One try at one worker's part of the round. */
  private static final class Attempt {
    private final TaskInfo task;
    private final long startedAt = System.nanoTime();
    private boolean running = true;
    private boolean succeeded;
    private long endedAt;
    private long updates;
    private String reason = "";
    private Optional<Throwable> exception = Optional.empty();

    Attempt(TaskInfo task) {
      this.task = task;
    }

    WorkerAttempt told() {
      return new WorkerAttempt(
          task.partitionId(),
          task.executorId(),
          task.host(),
          updates,
          ((running ? System.nanoTime() : endedAt) - startedAt) * 1e-9,
          reason);
    }
  }

  /**
   * @param run a name that no other run has
   */
  RoundWatch(SparkContext spark, String run) {
    this.spark = spark;
    this.run = run;
    this.updates = spark.longAccumulator("updates of M");
    spark.addSparkListener(this);
  }

  /** What workers add their updates to. */
  LongAccumulator updates() {
    return updates;
  }

  /** The jobs that the calling thread submits from now on are this round's. */
  synchronized void begin(int round) {
    this.round = round;
    current = run + "/" + round;
    workerStage = -1;
    attempts.clear();
    failed.clear();
    finished.clear();
    spark.setLocalProperty(ROUND, current);
  }

  /** The calling thread's jobs are no round's. */
  void end() {
    spark.setLocalProperty(ROUND, null);
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart job) {
    if (current.equals(job.properties().getProperty(ROUND))) {
      // Stages are numbered from their parents on: the workers' is the first.
      workerStage =
          JavaConverters.seqAsJavaList(job.stageInfos()).stream()
              .mapToInt(stage -> stage.stageId())
              .min()
              .orElse(-1);
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    if (start.stageId() == workerStage) {
      attempts.put(start.taskInfo().taskId(), new Attempt(start.taskInfo()));
    }
  }

  @Override
  public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate beat) {
    JavaConverters.seqAsJavaList(beat.accumUpdates())
        .forEach(
            task -> {
              Attempt attempt = attempts.get((Long) task._1());
              if (attempt != null) {
                learn(attempt, JavaConverters.seqAsJavaList(task._4()));
              }
            });
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    Attempt attempt = attempts.get(end.taskInfo().taskId());
    if (attempt == null) {
      return;
    }
    attempt.running = false;
    attempt.endedAt = System.nanoTime();
    learn(attempt, JavaConverters.seqAsJavaList(end.taskInfo().accumulables().toSeq()));
    TaskEndReason reason = end.reason();
    if (reason == Success$.MODULE$) {
      attempt.succeeded = true;
      finished.add(end.taskInfo().partitionId());
    } else if (reason instanceof TaskFailedReason failure && !(reason instanceof TaskKilled)) {
      attempt.reason = text(failure);
      attempt.exception = exception(failure);
      failed.add(attempt);
    }
  }

  private void learn(Attempt attempt, List<AccumulableInfo> values) {
    for (AccumulableInfo value : values) {
      if (value.id() == updates.id() && value.update().isDefined()) {
        attempt.updates = ((Number) value.update().get()).longValue();
      }
    }
  }

  private static Optional<Throwable> exception(TaskFailedReason reason) {
    return reason instanceof ExceptionFailure failure && failure.exception().isDefined()
        ? Optional.of(Causes.innermost(failure.exception().get()))
        : Optional.empty();
  }

  private static String text(TaskFailedReason reason) {
    if (reason instanceof ExceptionFailure failure) {
      return exception(reason)
          .map(Throwable::toString)
          .orElse(failure.className() + ": " + failure.description());
    }
    return reason.toErrorString().strip();
  }

  /** The attempts at this round that failed so far, the first one first. */
  synchronized List<WorkerAttempt> failed() {
    return failed.stream().map(Attempt::told).toList();
  }

  /**
   * The attempts at this round that were given up since another one at the same worker's part was
   * done first, as Spark's speculation has it. One that computes still may not know yet.
   *
   * @param reports of the workers that are done
   */
  synchronized List<WorkerAttempt> overtaken(List<WorkerReport> reports) {
    List<WorkerAttempt> overtaken = new ArrayList<>();
    for (WorkerReport report : reports) {
      for (Attempt attempt : attempts.values()) {
        if (attempt.task.partitionId() == report.worker()
            && !attempt.succeeded
            && !failed.contains(attempt)
            && !attempt.task.executorId().equals(report.device().executor())) {
          attempt.reason =
              "done first in executor "
                  + report.device().executor()
                  + " on "
                  + report.device().host();
          overtaken.add(attempt.told());
        }
      }
    }
    return overtaken;
  }

  /** Those of some workers whose tasks have not ended well so far. */
  Set<Integer> unfinished(Set<Integer> workers) {
    drain();
    Set<Integer> unfinished = new TreeSet<>(workers);
    synchronized (this) {
      unfinished.removeAll(finished);
    }
    return unfinished;
  }

  /**
   * Those of some workers that have no result, by worker.
   *
   * @param missing the workers
   */
  synchronized List<WorkerAttempt> late(Set<Integer> missing) {
    Map<Integer, WorkerAttempt> latest = new HashMap<>();
    for (Attempt attempt : attempts.values()) {
      if (attempt.running) {
        latest.put(attempt.task.partitionId(), attempt.told());
      }
    }
    return missing.stream()
        .map(
            worker ->
                latest.getOrDefault(worker, new WorkerAttempt(worker, null, null, 0, 0, "late")))
        .sorted(Comparator.comparingInt(WorkerAttempt::worker))
        .toList();
  }

  /**
   * That a round was not done in time.
   *
   * @param missing workers without a result
   */
  RunFailure late(double seconds, Set<Integer> missing, int workers, int enough) {
    drain();
    StringBuilder message =
        new StringBuilder(
            "round %d was not done within its deadline of %.0f s: %d of %d workers finished, %d have to"
                .formatted(round, seconds, workers - missing.size(), workers, enough));
    firstCause().ifPresent(cause -> message.append("\n  first ").append(cause));
    for (WorkerAttempt attempt : late(missing)) {
      message.append("\n  ").append(describe(attempt));
    }
    message.append(
        "\n  add --resume to go on from the newest checkpoint; sync.deadline sets the deadline, sync.quorum how many have to finish");
    return new RunFailure(message.toString(), null);
  }

  private String describe(WorkerAttempt attempt) {
    if (attempt.executor() == null) {
      return "worker " + attempt.worker() + " waits for a task slot";
    }
    return "worker %d runs since %.0f s in %s and told of %d updates; its log: %s"
        .formatted(
            attempt.worker(),
            attempt.seconds(),
            attempt.place(),
            attempt.updates(),
            log(attempt.executor()));
  }

  /** That a round failed; a mistake of the user's where a worker found one. */
  RuntimeException failure(Throwable job) {
    drain();
    Optional<Attempt> first;
    List<WorkerAttempt> all;
    synchronized (this) {
      first = failed.stream().findFirst();
      all = failed();
    }
    if (first.isEmpty()) {
      return new RunFailure("round %d failed: %s".formatted(round, Causes.innermost(job)), job);
    }
    if (first.get().exception.orElse(null) instanceof UserMistake mistake) {
      return new UserMistake(mistake.getMessage(), job);
    }
    String others =
        all.stream()
            .skip(1)
            .map(
                attempt ->
                    "\n  then worker %d in %s: %s"
                        .formatted(attempt.worker(), attempt.place(), attempt.reason()))
            .distinct()
            .collect(Collectors.joining());
    return new RunFailure(
        "round %d failed: %s%s\n  add --resume to go on from the newest checkpoint"
            .formatted(round, firstCause().orElseThrow(), others),
        job);
  }

  private synchronized Optional<String> firstCause() {
    return failed.stream()
        .findFirst()
        .map(Attempt::told)
        .map(
            attempt ->
                "worker %d in %s: %s; its log: %s"
                    .formatted(
                        attempt.worker(),
                        attempt.place(),
                        attempt.reason(),
                        log(attempt.executor())));
  }

  /** Where an executor's log is, as far as Spark knows. */
  private String log(String executor) {
    return RegisteredExecutor.logs(executor, RegisteredExecutor.all(spark))
        .getOrDefault(
            "stderr", spark.isLocal() ? "this process's own" : "standard error on its host");
  }

  /** Events come through a queue. */
  private void drain() {
    try {
      spark.listenerBus().waitUntilEmpty(EVENTS_MILLIS);
    } catch (TimeoutException e) {
      LOG.debug("not all events of round {} have come", round, e);
    }
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
  }
}
