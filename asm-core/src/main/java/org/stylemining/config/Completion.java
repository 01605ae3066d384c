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
  /** Lists of blocks, and what stands in for the keys that an entry leaves out. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "data.sources", "data.source-defaults",
          "data.custom", "data.custom-defaults");

  private Completion() {}

  /**
   * Drops the values that lack an environment variable, and fills every gap: keys from the
   * reference, keys of lists' entries from the block of their defaults.
   *
   * @param incomplete full keys of the values to drop
   */
  static ConfigObject of(ConfigObject tree, Set<String> incomplete, Config reference) {
    ConfigObject complete =
        ((ConfigObject) without(tree, "", incomplete)).withFallback(reference.root());
    Config config = complete.toConfig();
    for (Map.Entry<String, String> filling : DEFAULTS.entrySet()) {
      if (at(config, filling.getKey()) instanceof ConfigList entries
          && at(config, filling.getValue()) instanceof ConfigObject defaults) {
        config = config.withValue(filling.getKey(), filled(entries, defaults));
      }
    }
    return config.root();
  }

  private static ConfigValue at(Config config, String key) {
    ConfigValue data = config.root().get(key.substring(0, key.indexOf('.')));
    return data instanceof ConfigObject block
        ? block.get(key.substring(key.indexOf('.') + 1))
        : null;
  }

  private static ConfigValue filled(ConfigList list, ConfigObject defaults) {
    List<ConfigValue> entries = new ArrayList<>();
    for (ConfigValue value : list) {
      entries.add(value instanceof ConfigObject entry ? filled(entry, defaults) : value);
    }
    return ConfigValueFactory.fromIterable(entries).withOrigin(list.origin());
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
