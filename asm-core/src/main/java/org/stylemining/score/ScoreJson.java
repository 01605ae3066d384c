package org.stylemining.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fractions in JSON, NaN as null. */
final class ScoreJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ScoreJson() {}

  static JsonNode number(double value) {
    return Double.isNaN(value)
        ? JsonNodeFactory.instance.nullNode()
        : JsonNodeFactory.instance.numberNode(value);
  }

  static void putClasses(ObjectNode root, Map<String, Double> classes) {
    ObjectNode byClass = root.putObject("classes");
    classes.forEach((name, score) -> byClass.set(name, number(score == null ? Double.NaN : score)));
  }

  /**
   * @throws IllegalArgumentException where the text is no JSON
   */
  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "expected scores as JSON, found: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * @param others keys that are expected beside it, for the message
   * @throws IllegalArgumentException where there are none
   */
  static Map<String, Double> classes(JsonNode root, String others) {
    JsonNode byClass = root.path("classes");
    if (!byClass.isObject()) {
      throw new IllegalArgumentException(
          "expected scores with %s and \"classes\", found no object \"classes\"".formatted(others));
    }
    Map<String, Double> classes = new LinkedHashMap<>();
    byClass
        .fields()
        .forEachRemaining(
            entry -> classes.put(entry.getKey(), fraction(entry.getKey(), entry.getValue())));
    return classes;
  }

  /**
   * @throws IllegalArgumentException where the key is missing or no fraction
   */
  static double present(JsonNode root, String key) {
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
