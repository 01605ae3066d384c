package org.stylemining.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;

/** The mistakes found so far in one configuration. */
final class Mistakes {
  private final List<String> lines = new ArrayList<>();

  void add(String line) {
    lines.add(line);
  }

  /** A value that is not what its key allows. */
  void add(String key, ConfigValue value, String origin, String expected) {
    add(key + " = " + text(value) + " (" + origin + "): expected " + expected);
  }

  /** A key without a value. */
  void missing(String key, String origin, String expected) {
    add(key + " is missing (" + origin + "): expected " + expected);
  }

  /** A key that there is not. */
  void unknown(String key, ConfigValue value, String origin, String nearest) {
    String shown = value instanceof ConfigObject ? "{ … }" : text(value);
    add(key + " = " + shown + " (" + origin + "): no such key; the nearest one is " + nearest);
  }

  void throwIfAny(String file) {
    if (!lines.isEmpty()) {
      throw new UserMistake(join(file, lines));
    }
  }

  /** One message over all mistakes of a configuration, one a line. */
  static String join(String file, List<String> lines) {
    String head = lines.size() == 1 ? "A mistake" : lines.size() + " mistakes";
    return head + " in the configuration " + file + ":\n  " + String.join("\n  ", lines);
  }

  /** A value as text, on one line. */
  static String text(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }
}
