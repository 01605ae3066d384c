package org.stylemining.score;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.Map;

/** How good a network is over a whole set, as fractions 0..1. */
public sealed interface TaskScores extends Serializable permits Scores, ClassificationScores {
  /** The score of each class by name, in the order of train ids; null for an absent one. */
  Map<String, Double> classes();

  /** Number of classes that the truth shows. */
  default long present() {
    return classes().values().stream().filter(score -> score != null).count();
  }

  /** The scores as indented JSON, absent values null. */
  String toJson();

  /** A table for the terminal. */
  String toTable();

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException where the text is no JSON or a score is missing
   */
  static TaskScores fromJson(String json) {
    JsonNode root = ScoreJson.parse(json);
    return root.has("accuracy") ? ClassificationScores.fromJson(json) : Scores.fromJson(json);
  }
}
