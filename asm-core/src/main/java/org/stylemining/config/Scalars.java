package org.stylemining.config;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads single values. Text that spells a number or truth value counts as one: environment
 * variables are text.
 */
final class Scalars {
  private Scalars() {}

  /**
   * The value as a type of the records, or empty where it is not one or lies outside the interval.
   */
  static Optional<?> read(Class<?> type, ConfigValue value, Interval within) {
    if (value.valueType() == ConfigValueType.NULL
        || value.valueType() == ConfigValueType.OBJECT
        || value.valueType() == ConfigValueType.LIST) {
      return Optional.empty();
    }
    String text = text(value);
    if (type == String.class) {
      return Optional.of(text);
    }
    if (type == Colour.class) {
      return Colour.parse(text);
    }
    if (type == boolean.class) {
      return truth(text);
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> ((Word) constant).word().equals(text))
          .findFirst();
    }
    return number(text).flatMap(number -> narrow(type, number, within));
  }

  private static String text(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING
        ? (String) value.unwrapped()
        : Mistakes.text(value);
  }

  private static Optional<Boolean> truth(String text) {
    return switch (text) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<?> narrow(Class<?> type, BigDecimal number, Interval within) {
    if (!within.contains(number.doubleValue())) {
      return Optional.empty();
    }
    try {
      if (type == double.class) {
        return Optional.of(number.doubleValue());
      }
      if (type == long.class) {
        return Optional.of(number.longValueExact());
      }
      return Optional.of(number.intValueExact());
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }
}
