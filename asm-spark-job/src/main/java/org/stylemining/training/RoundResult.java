package org.stylemining.training;

import java.util.List;

/**
 * What a sync round brought.
 *
 * @param reports of the workers that finished, by worker
 * @param late the workers that did not, by worker; none without a deadline
 * @param failed attempts that Spark repeated, in the order in which they failed
 * @param overtaken attempts given up since another one at the same worker's round was done first
 * @param drift how far the workers that count came apart
 */
public record RoundResult(
    List<WorkerReport> reports,
    List<WorkerAttempt> late,
    List<WorkerAttempt> failed,
    List<WorkerAttempt> overtaken,
    RoundDrift drift) {
  public RoundResult {
    reports = List.copyOf(reports);
    late = List.copyOf(late);
    failed = List.copyOf(failed);
    overtaken = List.copyOf(overtaken);
  }

  /** Whether any worker's result became part of the average. */
  public boolean averaged() {
    return reports.stream().anyMatch(WorkerReport::counts);
  }

  /** Whether workers made updates, and none of them had a finite result. */
  public boolean nothingFinite() {
    return !averaged() && reports.stream().anyMatch(report -> report.notFinite() != null);
  }
}
