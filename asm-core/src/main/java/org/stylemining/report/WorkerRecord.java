package org.stylemining.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * One worker in one sync round, or an attempt of it that brought nothing.
 *
 * @param round sync round, from 1
 * @param worker index of the worker, from 0
 * @param executor Spark's id of the executor that it ran in; null where it ran in none
 * @param host of the executor; null likewise
 * @param outcome what became of it
 * @param reason why it was left out or failed; null where it was averaged
 * @param updates it made; as far as is known where it did not finish
 * @param seconds of its own: training and waiting for images
 * @param waitSeconds part of them spent waiting for images
 */
public record WorkerRecord(
    int round,
    int worker,
    String executor,
    String host,
    Outcome outcome,
    String reason,
    long updates,
    double seconds,
    double waitSeconds)
    implements MetricsRecord {

  /** What became of a worker's result. */
  public enum Outcome {
    /** It is part of the average, weighted by its updates. */
    AVERAGED,
    /** All its samples were damaged: it made no update, and has no part in the average. */
    NO_UPDATES,
    /** Left out: a loss, a parameter or a value of the optimizer's state is not finite. */
    NOT_FINITE,
    /** Left out: it had not finished at the round's deadline. */
    LATE,
    /** This attempt failed, with its executor say; Spark began the worker's round anew. */
    FAILED,
    /** This attempt was given up: another one, of Spark's speculation, was done first. */
    OVERTAKEN;

    /** As the log spells it, such as {@code not-finite}. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
