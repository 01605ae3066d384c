package org.stylemining.config;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a key allows beyond its type.
 *
 * @param within the numbers allowed
 * @param notEmpty a list has at least one entry
 * @param nullable null is allowed
 */
record Allowed(Interval within, boolean notEmpty, boolean nullable) {
  static final Allowed ANYTHING = new Allowed(Interval.ALL, false, false);

  /** What a component allows; its numbers are its block's where it says nothing of its own. */
  Allowed narrowedBy(RecordComponent component) {
    Within own = component.getAnnotation(Within.class);
    return new Allowed(
        own == null ? within : Interval.of(own),
        component.isAnnotationPresent(NotEmpty.class),
        false);
  }

  Allowed orNull() {
    return new Allowed(within, notEmpty, true);
  }

  /** What is allowed for a type, in words that follow "expected". */
  String describe(Type type) {
    if (Schema.isA(type, Optional.class)) {
      return orNull().describe(Schema.argument(type));
    }
    if (Schema.isA(type, List.class)) {
      return describeList(Schema.argument(type));
    }
    if (Schema.isA(type, Map.class)) {
      return "a block { CLASS = VALUE or [VALUE, …], … }" + (nullable ? " or null" : "");
    }
    return describe((Class<?>) type) + (nullable ? " or null" : "");
  }

  /** The same for a list of a type. */
  String describeList(Type entry) {
    String some = notEmpty ? "a list of at least one entry" : "a list";
    return some + ", each " + describe(entry);
  }

  private String describe(Class<?> type) {
    if (type == ClassSelection.class) {
      return "all, synthia13, or a list of at least one class name";
    }
    if (type == Colour.class) {
      return "a colour such as \"#804080\"";
    }
    if (type.isRecord()) {
      return "a block { " + String.join(", ", Schema.components(type).keySet()) + " }";
    }
    if (type.isEnum()) {
      return words(type);
    }
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "text";
    }
    if (type == double.class) {
      return "a number" + within.describe();
    }
    return type == long.class
        ? "a whole number of 64 bits" + within.describe()
        : "a whole number" + within.describe() + (within.isBounded() ? "" : " and below 2^31");
  }

  private static String words(Class<?> type) {
    List<Object> constants = List.of(type.getEnumConstants());
    String words =
        constants.stream().map(word -> ((Word) word).word()).collect(Collectors.joining(", "));
    return constants.size() == 1 ? words : "one of " + words;
  }
}
