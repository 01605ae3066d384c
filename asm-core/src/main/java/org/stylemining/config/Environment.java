package org.stylemining.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Substitutes environment variables, and finds the values that wait for one that is not set: of
 * {@code ${?DATA}/day} HOCON would leave {@code /day}, which is never what was meant.
 */
final class Environment {
  private static final Pattern MARK = Pattern.compile("\u0001([^\u0002]*)\u0002");

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** Resolves all substitutions; an optional one without a value leaves its key out. */
  Config resolve(Config config) {
    return resolve(config, name -> null);
  }

  /**
   * The names of the variables that are not set but asked for, by the full key of the value that
   * lacks them.
   */
  Map<String, List<String>> unset(Config config, Config resolved) {
    Map<String, List<String>> unset = new LinkedHashMap<>();
    try {
      Config marked = resolve(config, name -> "\u0001" + name + "\u0002");
      collect(marked.root(), resolved.root(), "", unset);
    } catch (ConfigException e) {
      // A mark is text and fits in no list or block that is put together by substitution: such a
      // file goes without hints.
      return Map.of();
    }
    return unset;
  }

  private Config resolve(Config config, Function<String, String> otherwise) {
    return config.resolve(
        ConfigResolveOptions.defaults()
            .setUseSystemEnvironment(false)
            .appendResolver(new Variables(otherwise)));
  }

  private static void collect(
      ConfigValue marked, ConfigValue resolved, String path, Map<String, List<String>> unset) {
    if (marked instanceof ConfigObject object) {
      String prefix = path.isEmpty() ? "" : path + ".";
      ConfigObject other = resolved instanceof ConfigObject o ? o : null;
      object.forEach(
          (key, value) ->
              collect(value, other == null ? null : other.get(key), prefix + key, unset));
    } else if (marked instanceof ConfigList list) {
      ConfigList other = resolved instanceof ConfigList l && l.size() == list.size() ? l : null;
      for (int i = 0; i < list.size(); i++) {
        collect(list.get(i), other == null ? null : other.get(i), path + "[" + i + "]", unset);
      }
    } else if (marked.unwrapped() instanceof String text && MARK.matcher(text).find()) {
      // `key = default`, then `key = ${?NAME}`: the default holds.
      boolean hasDefault =
          MARK.matcher(text).matches() && resolved != null && resolved.unwrapped() != null;
      if (!hasDefault) {
        List<String> names = new ArrayList<>();
        Matcher marks = MARK.matcher(text);
        while (marks.find()) {
          names.add(marks.group(1));
        }
        unset.put(path, List.copyOf(names));
      }
    }
  }

  private final class Variables implements ConfigResolver {
    private final Function<String, String> otherwise;

    Variables(Function<String, String> otherwise) {
      this.otherwise = otherwise;
    }

    @Override
    public ConfigValue lookup(String name) {
      String set = variables.get(name);
      String value = set == null ? otherwise.apply(name) : set;
      return value == null
          ? null
          : ConfigValueFactory.fromAnyRef(value, "environment variable " + name);
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
      return this;
    }
  }
}
