package org.stylemining.failure;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.config.UserMistake;
import org.stylemining.device.RegisteredExecutor;

/** Tells a failure: one message for a person, and the folder {@code logs} with all the rest. */
public final class FailureReport {
  private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

  /** Executors whose logs are copied: the failed ones first. */
  private static final int MOST_EXECUTORS = 8;

  private static final long EVENTS_MILLIS = 5_000;
  private static final String ACCOUNT = "failure.txt";

  private final SparkContext spark;
  private final FailureWatch watch = new FailureWatch();
  private final FileSystem fileSystem;
  private final Path logs;

  /**
   * @param logs folder for the account and the logs
   */
  public FailureReport(SparkContext spark, FileSystem fileSystem, Path logs) {
    this.spark = spark;
    this.fileSystem = fileSystem;
    this.logs = logs;
  }

  /** Work that may fail. */
  public interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Does work; where it fails, copies the logs.
   *
   * @throws UserMistake the work's own, from wherever it was thrown
   * @throws JobFailure for any other failure
   */
  public <T> T around(Work<T> work) throws IOException {
    watch.begin(spark);
    try {
      return work.run();
    } catch (Exception failure) {
      // Scala throws Spark's checked exceptions without saying so.
      Optional<UserMistake> mistake = mistake(failure);
      if (mistake.isPresent()) {
        throw mistake.get();
      }
      throw report(failure);
    } finally {
      watch.end(spark);
    }
  }

  /** A mistake that a task found arrives wrapped in Spark's exceptions. */
  static Optional<UserMistake> mistake(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserMistake mistake) {
        return Optional.of(mistake);
      }
    }
    return Optional.empty();
  }

  private RuntimeException report(Exception failure) {
    awaitEvents();
    List<FailedTask> failed = watch.tasks();
    List<RegisteredExecutor> executors = RegisteredExecutor.all(spark);
    Map<String, String> copied = new LinkedHashMap<>();
    String account = ACCOUNT;
    try {
      copied = copyLogs(failed, executors);
      write(ACCOUNT, account(failure, failed, executors, copied).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.warn("the logs could not be copied to {}", logs, e);
      account = "";
    }
    String message = message(failure, failed, executors, copied, !account.isEmpty());
    if (account.isEmpty()) {
      return new IllegalStateException(message, failure);
    }
    return new JobFailure(message, failure);
  }

  /** The first cause: which round, which executor, what, and where more is told. */
  private String message(
      Exception failure,
      List<FailedTask> failed,
      List<RegisteredExecutor> executors,
      Map<String, String> copied,
      boolean written) {
    StringBuilder text = new StringBuilder();
    if (failure instanceof RunFailure told) {
      text.append(told.getMessage());
      copied.forEach(
          (id, log) -> text.append("\n  the log of executor " + id + ", copied: " + log));
    } else if (failed.isEmpty()) {
      text.append("failed in the driver: ").append(FailedTask.root(failure));
    } else {
      FailedTask first = failed.get(0);
      text.append("failed at executor ")
          .append(first.executor())
          .append(" on ")
          .append(first.host());
      text.append(": ").append(first.cause());
      if (watch.count() > 1) {
        text.append(" (the first of ").append(watch.count()).append(" failures)");
      }
      text.append("\n  its log: ").append(where(first.executor(), executors, copied));
    }
    if (written) {
      text.append("\n  all that failed: ").append(new Path(logs, ACCOUNT));
    }
    return text.toString();
  }

  /** Where an executor's log is, the copy or else the original. */
  private String where(String id, List<RegisteredExecutor> executors, Map<String, String> copied) {
    if (id.equals("driver")) {
      return "this process's output";
    }
    if (copied.containsKey(id)) {
      return copied.get(id);
    }
    return RegisteredExecutor.logs(id, executors).getOrDefault("stderr", elsewhere(id));
  }

  private String elsewhere(String id) {
    String application = spark.applicationId();
    if (spark.master().startsWith("yarn")) {
      return "yarn logs -applicationId " + application;
    }
    if (spark.master().startsWith("k8s")) {
      return "kubectl logs -n %s -l spark-app-selector=%s,spark-exec-id=%s (of a pod that is gone only with spark.kubernetes.executor.deleteOnTermination=false)"
          .formatted(spark.conf().get("spark.kubernetes.namespace", "default"), application, id);
    }
    return "the work folder of the worker that ran it, application " + application;
  }

  /** Copies what can be had; where each executor's stderr is now, by its id. */
  private Map<String, String> copyLogs(List<FailedTask> failed, List<RegisteredExecutor> executors)
      throws IOException {
    Set<String> order = new LinkedHashSet<>();
    failed.forEach(task -> order.add(task.executor()));
    order.addAll(watch.removed().keySet());
    executors.forEach(executor -> order.add(executor.id()));
    Map<String, String> copied = new LinkedHashMap<>();
    ExecutorLogs reader = new ExecutorLogs();
    int tried = 0;
    for (String id : order) {
      Map<String, String> links = RegisteredExecutor.logs(id, executors);
      if (links.isEmpty() || tried++ >= MOST_EXECUTORS) {
        continue;
      }
      for (String output : List.of("stderr", "stdout")) {
        if (!links.containsKey(output)) {
          continue;
        }
        try {
          String name = "executor-%s-%s.txt".formatted(id, output);
          write(name, reader.read(links.get(output)));
          if (output.equals("stderr")) {
            copied.put(id, new Path(logs, name).toString());
          }
        } catch (IOException e) {
          LOG.info("{} of executor {} is not to be had: {}", output, id, e.toString());
        }
      }
    }
    return copied;
  }

  private String account(
      Exception failure,
      List<FailedTask> failed,
      List<RegisteredExecutor> executors,
      Map<String, String> copied) {
    List<String> lines = new ArrayList<>();
    lines.add("application " + spark.applicationId() + " at " + spark.master());
    if (spark.master().startsWith("yarn")) {
      lines.add("all logs, once it has ended: yarn logs -applicationId " + spark.applicationId());
    }
    lines.add("");
    lines.add("Failed attempts of tasks, first to last (%d):".formatted(watch.count()));
    for (FailedTask task : failed) {
      lines.add(
          "%s executor %s on %s, stage %d, partition %d, attempt %d: %s"
              .formatted(
                  task.time(),
                  task.executor(),
                  task.host(),
                  task.stage(),
                  task.partition(),
                  task.attempt(),
                  task.details().strip()));
    }
    lines.add("");
    lines.add("Executors:");
    Map<String, String> removed = watch.removed();
    for (RegisteredExecutor executor : executors) {
      String gone = removed.getOrDefault(executor.id(), executor.removed());
      lines.add(
          "%s on %s: %s; log: %s"
              .formatted(
                  executor.id(),
                  executor.host(),
                  executor.active() && gone.isEmpty() ? "there" : "gone: " + gone,
                  where(executor.id(), executors, copied)));
    }
    lines.add("");
    lines.add("The driver:");
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    lines.add(trace.toString());
    return String.join("\n", lines);
  }

  private void write(String name, byte[] bytes) throws IOException {
    fileSystem.mkdirs(logs);
    try (OutputStream out = fileSystem.create(new Path(logs, name), true)) {
      out.write(bytes);
    }
  }

  /** What happened last is told by Spark a moment later. */
  private void awaitEvents() {
    try {
      spark.listenerBus().waitUntilEmpty(EVENTS_MILLIS);
    } catch (TimeoutException | RuntimeException e) {
      LOG.debug("Spark has more to tell than there is time for", e);
    }
  }
}
