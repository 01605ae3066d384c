package org.stylemining.config;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a configuration was read from.
 *
 * @param file the file or URI, as it was found
 * @param text every key with its value as HOCON text, origins in comments
 * @param values each key's value as text
 * @param origins where each key's value stands: a file and line, or an argument
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

  boolean isIncomplete(String key) {
    return unset.containsKey(key);
  }

  String require(String key, Optional<String> value, String what) {
    List<String> missing = new ArrayList<>();
    check(key, value, what, missing);
    throwIfAny(missing);
    return value.orElseThrow();
  }

  void check(String key, Optional<String> value, String what, List<String> missing) {
    if (value.isEmpty() || value.get().isBlank() || isIncomplete(key)) {
      missing.add(missing(key, what));
    }
  }

  String missing(String key, String what) {
    List<String> variables = unset.getOrDefault(key, List.of());
    String hint = variables.isEmpty() ? "" : "; set " + Wording.environment(variables);
    return key + " is not set" + at(key) + ": expected " + what + hint;
  }

  UserMistake mistake(String key, String allowed) {
    return new UserMistake(
        key + " = " + values.getOrDefault(key, "null") + at(key) + ": expected " + allowed);
  }

  void throwIfAny(List<String> missing) {
    if (!missing.isEmpty()) {
      throw new UserMistake(Wording.join(file, missing));
    }
  }

  private String at(String key) {
    return origins.containsKey(key) ? " (" + origins.get(key) + ")" : "";
  }
}
