package org.stylemining.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores of a classifier of whole images over a whole set, as fractions 0..1.
 *
 * @param accuracy share of the images that are right; NaN where there are none
 * @param classes share of each class's images that are right, by class name in the order of train
 *     ids; null for a class of which there are none
 * @param confusion number of images by true class (row) and predicted class (column), all classes
 */
public record ClassificationScores(
    double accuracy, Map<String, Double> classes, List<List<Long>> confusion)
    implements TaskScores {
  public ClassificationScores {
    // Not Map.copyOf: order and absent classes (null) are part of the meaning.
    classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes));
    confusion = confusion.stream().map(List::copyOf).toList();
  }

  /** Number of images scored. */
  public long images() {
    return confusion.stream().flatMap(List::stream).mapToLong(Long::longValue).sum();
  }

  /**
   * {@code {"accuracy":…,"images":…,"classes":{"0":…},"confusion":[[…]]}}, indented, absent values
   * null.
   */
  @Override
  public String toJson() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set("accuracy", ScoreJson.number(accuracy));
    root.put("images", images());
    ScoreJson.putClasses(root, classes);
    ArrayNode rows = root.putArray("confusion");
    for (List<Long> row : confusion) {
      ArrayNode counts = rows.addArray();
      row.forEach(counts::add);
    }
    return root.toPrettyString() + "\n";
  }

  /**
   * Reads what {@link #toJson} wrote; further keys are left aside.
   *
   * @throws IllegalArgumentException where the text is no JSON or a score is missing
   */
  public static ClassificationScores fromJson(String json) {
    JsonNode root = ScoreJson.parse(json);
    Map<String, Double> classes = ScoreJson.classes(root, "\"accuracy\", \"confusion\"");
    JsonNode rows = root.path("confusion");
    List<List<Long>> confusion = new ArrayList<>();
    for (JsonNode row : rows) {
      List<Long> counts = new ArrayList<>();
      row.forEach(count -> counts.add(count.asLong(-1)));
      if (counts.size() != rows.size() || counts.stream().anyMatch(count -> count < 0)) {
        throw new IllegalArgumentException(
            "expected \"confusion\" as a square of counts, found a row " + row);
      }
      confusion.add(counts);
    }
    return new ClassificationScores(ScoreJson.present(root, "accuracy"), classes, confusion);
  }

  /** A table for the terminal: a line per class with its accuracy in percent, then that of all. */
  @Override
  public String toTable() {
    return new ScoreTable(classes, "right %", "accuracy")
        .mean("accuracy", accuracy, "   of " + images() + " images")
        .toString();
  }

  /** Counts as {@link ConfusionMatrix#toArray} gives them. */
  static List<List<Long>> rows(long[][] counts) {
    return Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }
}
