package org.stylemining.report;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.stylemining.provenance.Provenance;

/**
 * Where a run is, as far as its folder tells.
 *
 * @param kind of the stage
 * @param since when it ended or gave its last sign of life; empty while it goes on, or where
 *     nothing tells
 */
record LiveStage(Kind kind, Optional<Instant> since) {

  /** What a run can be found doing. */
  enum Kind {
    /** There is nothing of it yet. */
    WAITING,
    /** Its job holds the folder, and no round is complete. */
    STARTING,
    /** Its job lives. */
    RUNNING,
    /** It came to its end. */
    FINISHED,
    /** Its job does not live any more, and did not come to its end. */
    STOPPED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param sign of its job; empty where none holds the folder
   * @param provenance of its job; a style generator's training has none while it goes on
   * @param written when its log was written last; empty where it has none
   */
  static LiveStage of(
      Optional<LifeSign> sign,
      Optional<Provenance> provenance,
      RunTotals totals,
      Optional<Instant> written) {
    Optional<Instant> ended = provenance.flatMap(known -> instant(known.ended()));
    boolean allRounds = totals.last().filter(round -> round.round() >= round.rounds()).isPresent();
    if (ended.isPresent()) {
      return new LiveStage(Kind.FINISHED, ended);
    }
    if (sign.filter(LifeSign::alive).isPresent()) {
      return new LiveStage(
          totals.last().isPresent() ? Kind.RUNNING : Kind.STARTING, Optional.empty());
    }
    if (provenance.isEmpty() && allRounds) {
      return new LiveStage(Kind.FINISHED, written);
    }
    if (sign.isEmpty() && provenance.isEmpty() && totals.last().isEmpty()) {
      return new LiveStage(Kind.WAITING, Optional.empty());
    }
    return new LiveStage(Kind.STOPPED, sign.map(LifeSign::last).or(() -> written));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
