package org.stylemining.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
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
    implements Serializable {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Scores {
    // Not Map.copyOf: order and absent classes (null) are part of the meaning.
    classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes));
  }

  /** Number of classes that the truth shows. */
  public long present() {
    return classes.values().stream().filter(iou -> iou != null).count();
  }

  /** {@code {"mIoU":…,"pixelAccuracy":…,"classes":{"road":…}}}, indented, absent values null. */
  public String toJson() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set("mIoU", number(mIoU));
    root.set("pixelAccuracy", number(pixelAccuracy));
    ObjectNode byClass = root.putObject("classes");
    classes.forEach((name, iou) -> byClass.set(name, number(iou == null ? Double.NaN : iou)));
    return root.toPrettyString() + "\n";
  }

  /**
   * Reads what {@link #toJson} wrote; further keys are left aside.
   *
   * @throws IllegalArgumentException where the text is no JSON or a score is missing
   */
  public static Scores fromJson(String json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "expected scores as JSON, found: " + e.getOriginalMessage(), e);
    }
    Map<String, Double> classes = new LinkedHashMap<>();
    JsonNode byClass = root.path("classes");
    if (!byClass.isObject()) {
      throw new IllegalArgumentException(
          "expected scores with \"mIoU\", \"pixelAccuracy\" and \"classes\", found no object"
              + " \"classes\"");
    }
    byClass
        .fields()
        .forEachRemaining(
            entry -> classes.put(entry.getKey(), fraction(entry.getKey(), entry.getValue())));
    return new Scores(present(root, "mIoU"), present(root, "pixelAccuracy"), classes);
  }

  /**
   * A table for the terminal: a line per class with its IoU in percent, then mIoU and pixel
   * accuracy.
   */
  public String toTable() {
    int width = "pixel accuracy".length();
    for (String name : classes.keySet()) {
      width = Math.max(width, name.length());
    }
    String line = "-".repeat(width + 9) + "\n";
    StringBuilder table = new StringBuilder();
    table.append(row(width, "class", "IoU %")).append(line);
    for (Map.Entry<String, Double> entry : classes.entrySet()) {
      table.append(
          row(
              width,
              entry.getKey(),
              entry.getValue() == null ? "absent" : percent(entry.getValue())));
    }
    table.append(line);
    table.append(
        row(
            width,
            "mIoU",
            percent(mIoU) + "   over " + present() + " of " + classes.size() + " classes"));
    table.append(row(width, "pixel accuracy", percent(pixelAccuracy)));
    return table.toString();
  }

  private static String row(int width, String name, String value) {
    // Only the number is aligned to the right, a remark may follow it.
    int end = value.indexOf("   ");
    String number = end < 0 ? value : value.substring(0, end);
    return String.format(
            Locale.ROOT,
            "%-" + width + "s  %7s%s%n",
            name,
            number,
            end < 0 ? "" : value.substring(end))
        .replace("\r\n", "\n");
  }

  private static String percent(double fraction) {
    return Double.isNaN(fraction) ? "-" : String.format(Locale.ROOT, "%.1f", 100 * fraction);
  }

  private static JsonNode number(double value) {
    return Double.isNaN(value)
        ? JsonNodeFactory.instance.nullNode()
        : JsonNodeFactory.instance.numberNode(value);
  }

  private static double present(JsonNode root, String key) {
    if (!root.has(key)) {
      throw new IllegalArgumentException("expected scores with \"" + key + "\", found none");
    }
    Double value = fraction(key, root.get(key));
    return value == null ? Double.NaN : value;
  }

  private static Double fraction(String key, JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    if (!value.isNumber() || value.asDouble() < 0 || value.asDouble() > 1) {
      throw new IllegalArgumentException(
          "expected a fraction 0..1 or null for \"" + key + "\", found " + value);
    }
    return value.asDouble();
  }
}
