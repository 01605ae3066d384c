package org.stylemining.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a configuration was read from.
 *
 * @param file the file or URI, as it was found
 * @param text every key with its value as HOCON text, origins in comments
 * @param values each full key's value as text
 * @param origins where each full key's value stands: a file and line, or an argument
 * @param unset for each key whose value lacks environment variables that are not set, their names
 */
record Resolved(
    String file,
    String text,
    Map<String, String> values,
    Map<String, String> origins,
    Map<String, List<String>> unset)
    implements Serializable {

  Resolved {
    values = Map.copyOf(values);
    origins = Map.copyOf(origins);
    unset = Map.copyOf(unset);
  }

  static Resolved of(
      String file, ConfigObject tree, Origins origins, Map<String, List<String>> unset) {
    Map<String, String> values = new HashMap<>();
    Map<String, String> places = new HashMap<>();
    flatten(tree, "", origins, values, places);
    return new Resolved(file, Rendering.of(file, tree, origins), values, places, unset);
  }

  private static void flatten(
      ConfigValue value,
      String path,
      Origins origins,
      Map<String, String> values,
      Map<String, String> places) {
    if (value instanceof ConfigObject block) {
      String prefix = path.isEmpty() ? "" : path + ".";
      block.forEach((key, inner) -> flatten(inner, prefix + key, origins, values, places));
      return;
    }
    values.put(path, Mistakes.text(value));
    places.put(path, origins.of(path, value));
    if (value instanceof ConfigList list) {
      for (int i = 0; i < list.size(); i++) {
        flatten(list.get(i), path + "[" + i + "]", origins, values, places);
      }
    }
  }

  boolean isIncomplete(String key) {
    return unset.containsKey(key);
  }

  /**
   * The value of a key that a command cannot do without.
   *
   * @param what what is expected there
   * @throws UserMistake where it has none
   */
  String require(String key, Optional<String> value, String what) {
    List<String> missing = new ArrayList<>();
    check(key, value, what, missing);
    throwIfAny(missing);
    return value.orElseThrow();
  }

  /** Adds to {@code missing} where a value that is needed is not there. */
  void check(String key, Optional<String> value, String what, List<String> missing) {
    if (value.isEmpty() || value.get().isBlank()) {
      missing.add(missing(key, what));
    }
  }

  /** That a key is needed and not set, and what sets it. */
  String missing(String key, String what) {
    List<String> variables = unset.getOrDefault(key, List.of());
    String hint =
        variables.isEmpty()
            ? ""
            : "; set the environment variable "
                + String.join(" and ", variables)
                + ", or the key itself";
    return key + " is not set" + at(key) + ": expected " + what + hint;
  }

  /** That a key's value is not what it should be. */
  String line(String key, String expected) {
    return key + " = " + values.getOrDefault(key, "null") + at(key) + ": expected " + expected;
  }

  void throwIfAny(List<String> mistakes) {
    if (!mistakes.isEmpty()) {
      throw new UserMistake(Mistakes.join(file, mistakes));
    }
  }

  private String at(String key) {
    return origins.containsKey(key) ? " (" + origins.get(key) + ")" : "";
  }
}
