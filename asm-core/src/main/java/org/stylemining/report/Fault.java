package org.stylemining.report;

import java.util.Optional;

/**
 * Something that went wrong and that the run got over.
 *
 * @param round in which
 * @param what in a sentence
 */
record Fault(int round, String what) {

  /** The fault that a line of the log tells of; empty where it tells of none. */
  static Optional<Fault> of(MetricsRecord entry) {
    if (entry instanceof WorkerRecord worker && worker.outcome() != null) {
      return of(worker);
    }
    if (entry instanceof RollbackRecord back) {
      return Optional.of(
          new Fault(
              back.diverged(),
              "Training diverged (%s); it went back to %s."
                  .formatted(
                      back.reason(),
                      back.round() == 0
                          ? "its start"
                          : "the checkpoint after round " + back.round())));
    }
    if (entry instanceof CheckpointFailureRecord failure) {
      return Optional.of(
          new Fault(failure.round(), "The checkpoint could not be written: " + failure.reason()));
    }
    return Optional.empty();
  }

  private static Optional<Fault> of(WorkerRecord worker) {
    String who =
        "Worker %d (executor %s on %s)"
            .formatted(worker.worker(), worker.executor(), worker.host());
    String what =
        switch (worker.outcome()) {
          case AVERAGED -> "";
          case NO_UPDATES -> " made no update: all its samples were damaged.";
          case NOT_FINITE, LATE -> " was left out of the average: " + worker.reason();
          case FAILED -> " failed and was begun anew: " + worker.reason();
          case OVERTAKEN -> " was given up: " + worker.reason();
        };
    return what.isEmpty() ? Optional.empty() : Optional.of(new Fault(worker.round(), who + what));
  }
}
