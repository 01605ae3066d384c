package org.stylemining.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where values stand. A substitution's value would name the variable it came from; what the user
 * can change is the line that asks for it, so places are taken before substitution where there is
 * one.
 */
final class Origins {
  private static final String ARGUMENT = "argument ";

  /** Of values laid over each other the topmost, which comes first, is the one that counts. */
  private static final Pattern MERGED =
      Pattern.compile("merge of (argument \".*?\"|.*?: \\d+)(?:: \\d+)?,.*", Pattern.DOTALL);

  private final Map<String, String> unresolved = new HashMap<>();

  /** Takes the places of all values of a tree before its substitutions are resolved. */
  Origins(ConfigObject tree) {
    collect(tree, "");
  }

  /** What a value that comes from an argument is said to stand in. */
  static String argument(String argument) {
    return ARGUMENT + '"' + argument + '"';
  }

  /** The file and line, or the argument, of a value at a full key. */
  String of(String path, ConfigValue value) {
    return unresolved.getOrDefault(path, description(value));
  }

  private void collect(ConfigValue value, String path) {
    unresolved.put(path, description(value));
    try {
      if (value instanceof ConfigObject object) {
        String prefix = path.isEmpty() ? "" : path + ".";
        object.forEach((key, entry) -> collect(entry, prefix + key));
      } else if (value instanceof ConfigList list) {
        for (int i = 0; i < list.size(); i++) {
          collect(list.get(i), path + "[" + i + "]");
        }
      }
    } catch (ConfigException.NotResolved e) {
      // A block put together by substitution shows its parts only once resolved; its values then
      // tell their places themselves.
      return;
    }
  }

  private static String description(ConfigValue value) {
    String description = value.origin().description();
    if (description.startsWith(ARGUMENT)) {
      return description.replaceFirst("\": \\d+$", "\"");
    }
    Matcher merged = MERGED.matcher(description);
    return merged.matches() ? merged.group(1) : description;
  }
}
