package org.stylemining.data.packed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The notes beside shards as JSON, an element of a list a line. */
public final class PackJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private PackJson() {}

  /** A record as JSON. */
  public static String text(Object record) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    printer.indentObjectsWith(DefaultPrettyPrinter.FixedSpaceIndenter.instance);
    try {
      return JSON.writer(printer).writeValueAsString(record) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record is always JSON", e);
    }
  }

  /**
   * Reads what {@link #text} wrote; further keys are left aside.
   *
   * @param what it should be, for the message
   * @throws IllegalArgumentException where it is not
   */
  public static <T> T of(String json, Class<T> type, String what) {
    try {
      T read = JSON.readValue(json, type);
      if (read == null) {
        throw new IllegalArgumentException("expected " + what + ", found null");
      }
      return read;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "expected " + what + " as JSON, found: " + e.getOriginalMessage(), e);
    }
  }
}
