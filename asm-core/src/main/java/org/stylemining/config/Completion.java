package org.stylemining.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts defaults where a resolved tree has no value of its own. */
final class Completion {
  private static final String SOURCES = "data.sources";
  private static final String SOURCE_DEFAULTS = "data.source-defaults";

  private Completion() {}

  /**
   * Drops the values that lack an environment variable, and fills every gap: keys from the
   * reference, keys of sources from {@code data.source-defaults}.
   *
   * @param incomplete full keys of the values to drop
   */
  static ConfigObject of(ConfigObject tree, Set<String> incomplete, Config reference) {
    ConfigObject complete =
        ((ConfigObject) without(tree, "", incomplete)).withFallback(reference.root());
    Config config = complete.toConfig();
    if (at(config, SOURCES) instanceof ConfigList sources
        && at(config, SOURCE_DEFAULTS) instanceof ConfigObject defaults) {
      return config.withValue(SOURCES, filled(sources, defaults)).root();
    }
    return complete;
  }

  private static ConfigValue at(Config config, String key) {
    ConfigValue data = config.root().get(key.substring(0, key.indexOf('.')));
    return data instanceof ConfigObject block
        ? block.get(key.substring(key.indexOf('.') + 1))
        : null;
  }

  private static ConfigValue filled(ConfigList sources, ConfigObject defaults) {
    List<ConfigValue> entries = new ArrayList<>();
    for (ConfigValue source : sources) {
      entries.add(source instanceof ConfigObject entry ? filled(entry, defaults) : source);
    }
    return ConfigValueFactory.fromIterable(entries).withOrigin(sources.origin());
  }

  /** What is filled in counts as standing where the entry does: there a user would set it. */
  private static ConfigObject filled(ConfigObject entry, ConfigObject defaults) {
    ConfigObject filled = entry;
    for (Map.Entry<String, ConfigValue> value : defaults.entrySet()) {
      if (!entry.containsKey(value.getKey())) {
        filled = filled.withValue(value.getKey(), value.getValue().withOrigin(entry.origin()));
      }
    }
    return filled;
  }

  private static ConfigValue without(ConfigValue value, String path, Set<String> incomplete) {
    if (value instanceof ConfigObject block) {
      String prefix = path.isEmpty() ? "" : path + ".";
      ConfigObject kept = block;
      for (String key : block.keySet()) {
        kept =
            incomplete.contains(prefix + key)
                ? kept.withoutKey(key)
                : kept.withValue(key, without(block.get(key), prefix + key, incomplete));
      }
      return kept;
    }
    if (value instanceof ConfigList list) {
      List<ConfigValue> entries = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        entries.add(without(list.get(i), path + "[" + i + "]", incomplete));
      }
      return ConfigValueFactory.fromIterable(entries).withOrigin(list.origin());
    }
    return value;
  }
}
