package org.stylemining.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Scores of a segmentation over a whole set, as fractions 0..1.
 *
 * @param mIoU mean of the IoU over the classes present in the truth; NaN where none is
 * @param pixelAccuracy share of the scored pixels that are right; NaN where none is scored
 * @param classes IoU by class name in the order of train ids; null for a class that the truth does
 *     not show
 */
public record Scores(double mIoU, double pixelAccuracy, Map<String, Double> classes)
    implements TaskScores {
  public Scores {
    // Not Map.copyOf: order and absent classes (null) are part of the meaning.
    classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes));
  }

  /** {@code {"mIoU":…,"pixelAccuracy":…,"classes":{"road":…}}}, indented, absent values null. */
  @Override
  public String toJson() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set("mIoU", ScoreJson.number(mIoU));
    root.set("pixelAccuracy", ScoreJson.number(pixelAccuracy));
    ScoreJson.putClasses(root, classes);
    return root.toPrettyString() + "\n";
  }

  /**
   * Reads what {@link #toJson} wrote; further keys are left aside.
   *
   * @throws IllegalArgumentException where the text is no JSON or a score is missing
   */
  public static Scores fromJson(String json) {
    JsonNode root = ScoreJson.parse(json);
    Map<String, Double> classes = ScoreJson.classes(root, "\"mIoU\", \"pixelAccuracy\"");
    return new Scores(
        ScoreJson.present(root, "mIoU"), ScoreJson.present(root, "pixelAccuracy"), classes);
  }

  /**
   * A table for the terminal: a line per class with its IoU in percent, then mIoU and pixel
   * accuracy.
   */
  @Override
  public String toTable() {
    return new ScoreTable(classes, "IoU %", "pixel accuracy")
        .mean("mIoU", mIoU, "   over " + present() + " of " + classes.size() + " classes")
        .mean("pixel accuracy", pixelAccuracy, "")
        .toString();
  }
}
