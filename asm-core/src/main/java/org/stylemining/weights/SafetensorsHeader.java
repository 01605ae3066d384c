package org.stylemining.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stylemining.config.UserMistake;

/**
 * The checked header of a safetensors file.
 *
 * @param metadata texts stored beside the tensors
 * @param entries the tensors in the order of their values, which follow each other without gaps
 */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> entries) {

  /** Key of the texts. */
  static final String METADATA = "__metadata__";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * One tensor; its values are from byte {@code begin}, to before {@code end}, after the header.
   * They are no more than an array holds.
   */
  record Entry(String name, ElementType type, long[] shape, long begin, long end) {}

  /**
   * Reads a header.
   *
   * @param where the file's name for messages
   * @throws UserMistake where it is not JSON, or contradicts itself
   */
  static SafetensorsHeader parse(byte[] header, String where) {
    JsonNode root = json(header, where);
    return new SafetensorsHeader(metadata(root, where), entries(root, where));
  }

  private static JsonNode json(byte[] header, String where) {
    if (header[0] != '{') {
      throw mistake(where, "its header does not start with '{': this is not a safetensors file");
    }
    try {
      return JSON.readTree(new String(header, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw mistake(where, "its header is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Map<String, String> metadata(JsonNode root, String where) {
    Map<String, String> texts = new LinkedHashMap<>();
    JsonNode stored = root.path(METADATA);
    if (!stored.isMissingNode() && !stored.isObject()) {
      throw mistake(where, METADATA + " should map texts to texts, found " + stored.getNodeType());
    }
    stored
        .fields()
        .forEachRemaining(
            field -> {
              if (!field.getValue().isTextual()) {
                throw mistake(
                    where,
                    METADATA
                        + "."
                        + field.getKey()
                        + " should be a text, found "
                        + field.getValue());
              }
              texts.put(field.getKey(), field.getValue().textValue());
            });
    return texts;
  }

  private static List<Entry> entries(JsonNode root, String where) {
    List<Entry> entries = new ArrayList<>();
    root.fields()
        .forEachRemaining(
            field -> {
              if (!field.getKey().equals(METADATA)) {
                entries.add(entry(field.getKey(), field.getValue(), where));
              }
            });
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long at = 0;
    for (Entry entry : entries) {
      if (entry.begin() != at) {
        String how =
            entry.begin() < at ? "overlap those of another tensor" : "leave a gap before them";
        throw mistake(
            where,
            "tensor "
                + entry.name()
                + ": its values "
                + how
                + " (they start at byte "
                + entry.begin()
                + ", expected "
                + at
                + ")");
      }
      at = entry.end();
    }
    return entries;
  }

  private static Entry entry(String name, JsonNode stored, String where) {
    String of = "tensor " + name + ": ";
    ElementType type = type(stored.path("dtype").asText(), of, where);
    long[] shape = wholeNumbers(stored.path("shape"), of + "shape", where);
    long[] offsets = wholeNumbers(stored.path("data_offsets"), of + "data_offsets", where);
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw mistake(
          where, of + "data_offsets should be [begin, end], found " + stored.path("data_offsets"));
    }
    long bytes;
    try {
      bytes = Math.multiplyExact(Shapes.elements(shape), (long) type.bytes());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw mistake(where, of + "shape " + Arrays.toString(shape) + " is too large");
    }
    long found = offsets[1] - offsets[0];
    if (found != bytes) {
      throw mistake(
          where,
          of
              + "shape "
              + Arrays.toString(shape)
              + " of "
              + type
              + " needs "
              + bytes
              + " bytes, data_offsets give "
              + found);
    }
    if (bytes > Integer.MAX_VALUE - 8) {
      throw mistake(where, of + "its " + bytes + " bytes are more than one tensor may have here");
    }
    return new Entry(name, type, shape, offsets[0], offsets[1]);
  }

  private static ElementType type(String dtype, String of, String where) {
    for (ElementType type : ElementType.values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    throw mistake(
        where,
        of
            + "dtype should be one of "
            + Arrays.toString(ElementType.values())
            + ", found "
            + (dtype.isEmpty() ? "none" : dtype));
  }

  private static long[] wholeNumbers(JsonNode array, String what, String where) {
    if (!array.isArray()) {
      throw mistake(
          where,
          what
              + " should be a list of whole numbers, found "
              + (array.isMissingNode() ? "none" : array));
    }
    long[] numbers = new long[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode number = array.get(i);
      if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
        throw mistake(where, what + " should hold whole numbers from 0, found " + number);
      }
      numbers[i] = number.longValue();
    }
    return numbers;
  }

  private static UserMistake mistake(String where, String what) {
    return new UserMistake(where + ": " + what);
  }
}
