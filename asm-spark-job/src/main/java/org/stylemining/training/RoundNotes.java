package org.stylemining.training;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.stylemining.data.Damage;
import org.stylemining.device.ProcessMemory;
import org.stylemining.report.DamagedRecord;
import org.stylemining.report.DriftRecord;
import org.stylemining.report.MemoryRecord;
import org.stylemining.report.MetricsLog;
import org.stylemining.report.StepRecord;
import org.stylemining.report.WorkerRecord;
import org.stylemining.report.WorkerRecord.Outcome;

/** Notes in a run's log what its workers did, and tells a person of those that did not do well. */
final class RoundNotes {
  /** A worker that takes so many times as long as the others is worth a word. */
  private static final double SLOW = 2;

  /** Differences of less than a second are nobody's trouble. */
  private static final double SHORT = 1;

  private final PrintStream progress;
  private final Set<String> slow = new HashSet<>();

  RoundNotes(PrintStream progress) {
    this.progress = progress;
  }

  void take(int round, RoundResult result, MetricsLog log) throws IOException {
    for (WorkerAttempt failed : result.failed()) {
      log.write(note(round, failed, Outcome.FAILED, failed.reason()));
      say(
          round,
          "worker %d was begun anew: in %s it failed: %s"
              .formatted(failed.worker(), failed.place(), failed.reason()));
    }
    for (WorkerAttempt overtaken : result.overtaken()) {
      log.write(note(round, overtaken, Outcome.OVERTAKEN, overtaken.reason()));
      say(
          round,
          String.format(
              Locale.ROOT,
              "worker %d was %s; its attempt in %s was given up after %.1f s, %d updates told of",
              overtaken.worker(),
              overtaken.reason(),
              overtaken.place(),
              overtaken.seconds(),
              overtaken.updates()));
    }
    for (WorkerReport report : result.reports()) {
      for (StepRecord step : report.steps()) {
        log.write(step);
      }
      for (Damage skipped : report.skipped()) {
        log.write(new DamagedRecord(round, skipped.path(), skipped.reason()));
      }
      log.write(note(round, report));
      if (report.notFinite() != null) {
        say(
            round,
            "worker %d (%s) is left out of the average: %s"
                .formatted(report.worker(), place(report), report.notFinite()));
      } else if (report.updates() == 0) {
        say(
            round,
            "worker %d made no update: all its samples are damaged".formatted(report.worker()));
      }
    }
    for (WorkerAttempt late : result.late()) {
      log.write(note(round, late, Outcome.LATE, "not done at the round's deadline"));
      say(
          round,
          "worker %d (%s) is left out of the average: not done after %.0f s, %d updates told of"
              .formatted(late.worker(), late.place(), late.seconds(), late.updates()));
    }
    noteDrift(round, result.drift(), log);
    noteSlowest(round, result.reports());
    noteMemory(round, result.reports(), log);
  }

  /** A worker alone is the mean. */
  private static void noteDrift(int round, RoundDrift drift, MetricsLog log) throws IOException {
    if (drift.distances().size() > 1) {
      for (Map.Entry<Integer, Double> worker : drift.distances().entrySet()) {
        log.write(DriftRecord.of(round, worker.getKey(), worker.getValue(), drift.movement()));
      }
    }
  }

  /** One line a process: the driver is an executor too in local mode only. */
  private static void noteMemory(int round, List<WorkerReport> reports, MetricsLog log)
      throws IOException {
    Map<String, MemoryRecord> memory = new TreeMap<>();
    memory.put("driver", ProcessMemory.now(round));
    reports.forEach(report -> memory.put(report.memory().executor(), report.memory()));
    for (MemoryRecord process : memory.values()) {
      log.write(process);
    }
  }

  private void noteSlowest(int round, List<WorkerReport> reports) {
    List<WorkerReport> bySeconds =
        reports.stream().sorted(Comparator.comparingDouble(RoundNotes::seconds)).toList();
    if (bySeconds.size() < 2) {
      return;
    }
    WorkerReport slowest = bySeconds.get(bySeconds.size() - 1);
    // The median of the others.
    double usual = seconds(bySeconds.get((bySeconds.size() - 2) / 2));
    if (seconds(slowest) > SLOW * usual
        && seconds(slowest) - usual > SHORT
        && slow.add(place(slowest))) {
      say(
          round,
          String.format(
              Locale.ROOT,
              "worker %d (%s) took %.1f s, the others %.1f s (median); every round waits for the slowest",
              slowest.worker(),
              place(slowest),
              seconds(slowest),
              usual));
    }
  }

  private static WorkerRecord note(int round, WorkerReport report) {
    Outcome outcome =
        report.notFinite() != null
            ? Outcome.NOT_FINITE
            : report.updates() == 0 ? Outcome.NO_UPDATES : Outcome.AVERAGED;
    return new WorkerRecord(
        round,
        report.worker(),
        report.device().executor(),
        report.device().host(),
        outcome,
        report.notFinite(),
        report.updates(),
        seconds(report),
        report.waitSeconds());
  }

  private static WorkerRecord note(
      int round, WorkerAttempt attempt, Outcome outcome, String reason) {
    return new WorkerRecord(
        round,
        attempt.worker(),
        attempt.executor(),
        attempt.host(),
        outcome,
        reason,
        attempt.updates(),
        attempt.seconds(),
        Double.NaN);
  }

  private static double seconds(WorkerReport report) {
    return report.trainSeconds() + report.waitSeconds();
  }

  private static String place(WorkerReport report) {
    return "executor " + report.device().executor() + " on " + report.device().host();
  }

  private void say(int round, String what) {
    progress.println("round " + round + ": " + what);
  }
}
