package org.stylemining.origin;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.stylemining.config.ConfigReader;

/** The values of a recorded configuration that are not this program's defaults. */
final class SetValues {
  /**
   * A key with its value.
   *
   * @param origin where it was set: a file and line, an argument; empty where that is not told
   */
  record Value(String key, String value, String origin) {}

  private SetValues() {}

  /**
   * @param configuration resolved, origins in comments behind the values
   * @throws IllegalArgumentException where it is no configuration
   */
  static List<Value> of(String configuration) {
    Map<String, Value> defaults =
        values(ConfigReader.parse("", "reference.conf", List.of()).render());
    List<Value> set = new ArrayList<>();
    values(configuration)
        .forEach(
            (key, value) -> {
              Value usual = defaults.get(key);
              boolean isSet =
                  usual == null ? !value.value.equals("null") : !usual.value.equals(value.value);
              if (isSet) {
                set.add(value);
              }
            });
    return set;
  }

  private static Map<String, Value> values(String hocon) {
    Map<String, Value> values = new TreeMap<>();
    try {
      gather("", "", ConfigFactory.parseString(hocon).resolve().root(), values);
    } catch (ConfigException e) {
      throw new IllegalArgumentException("its configuration is damaged: " + e.getMessage(), e);
    }
    return values;
  }

  /** An entry of a list has one origin for all that is in it. */
  private static void gather(
      String key, String around, ConfigValue value, Map<String, Value> values) {
    // Comments on lines of their own come before the one behind the value.
    List<String> comments = value.origin().comments();
    String origin = comments.isEmpty() ? around : comments.get(comments.size() - 1).strip();
    if (value instanceof ConfigObject object && !object.isEmpty()) {
      object.forEach(
          (name, child) -> gather(key.isEmpty() ? name : key + "." + name, origin, child, values));
    } else if (value instanceof ConfigList list
        && list.stream().anyMatch(ConfigObject.class::isInstance)) {
      for (int i = 0; i < list.size(); i++) {
        gather(key + "[" + i + "]", origin, list.get(i), values);
      }
    } else {
      values.put(key, new Value(key, value.render(ConfigRenderOptions.concise()), origin));
    }
  }
}
