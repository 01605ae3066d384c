package org.stylemining.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which keys there are: those of the records' components. */
final class Schema {
  /** Stands for the place of an entry in the full key of something within a list. */
  static final String ANY_ENTRY = "[]";

  private Schema() {}

  /** The components of a block by key, in the record's order. */
  static Map<String, RecordComponent> components(Class<?> block) {
    Map<String, RecordComponent> components = new LinkedHashMap<>();
    for (RecordComponent component : block.getRecordComponents()) {
      if (component.getType() != Resolved.class) {
        components.put(key(component.getName()), component);
      }
    }
    return components;
  }

  /**
   * The full keys of all values, such as {@code data.crop.width} and {@code data.sources[].root}.
   */
  static List<String> keys() {
    List<String> keys = new ArrayList<>();
    collect(AsmConfig.class, "", keys);
    return keys;
  }

  private static void collect(Class<?> block, String prefix, List<String> keys) {
    components(block)
        .forEach(
            (key, component) -> {
              String path = prefix + key;
              if (isBlock(component.getType())) {
                collect(component.getType(), path + ".", keys);
                return;
              }
              keys.add(path);
              if (component.getType() == List.class
                  && argument(component.getGenericType()) instanceof Class<?> entry
                  && isBlock(entry)) {
                collect(entry, path + ANY_ENTRY + ".", keys);
              }
            });
  }

  /** True for records whose components are keys of their own. */
  static boolean isBlock(Class<?> type) {
    return type.isRecord() && type != ClassSelection.class && type != Colour.class;
  }

  static boolean isA(Type type, Class<?> generic) {
    return type instanceof ParameterizedType parameterized && parameterized.getRawType() == generic;
  }

  /** The T of an {@code Optional<T>} or {@code List<T>}. */
  static Type argument(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }

  /** {@code stepSize} is the key {@code step-size}. */
  static String key(String component) {
    return component.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
