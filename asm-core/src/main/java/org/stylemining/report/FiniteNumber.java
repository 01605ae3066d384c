package org.stylemining.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/**
 * Numbers in JSON: what is not finite, which JSON cannot say, is written as null and read back as
 * NaN.
 */
final class FiniteNumber {
  private FiniteNumber() {}

  private static final JsonSerializer<Double> WRITER =
      new JsonSerializer<>() {
        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
            throws IOException {
          if (Double.isFinite(value)) {
            out.writeNumber(value);
          } else {
            out.writeNull();
          }
        }
      };

  private static final JsonDeserializer<Double> READER =
      new JsonDeserializer<>() {
        @Override
        public Double deserialize(JsonParser in, DeserializationContext context)
            throws IOException {
          return in.getDoubleValue();
        }

        @Override
        public Double getNullValue(DeserializationContext context) {
          return Double.NaN;
        }
      };

  /** Makes a mapper do so. */
  static SimpleModule module() {
    return new SimpleModule()
        .addSerializer(Double.class, WRITER)
        .addSerializer(double.class, WRITER)
        .addDeserializer(Double.class, READER)
        .addDeserializer(double.class, READER);
  }
}
