package org.stylemining.config;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What may be typed where a configuration is asked for, so that it can be completed. */
public final class ConfigVocabulary {
  private ConfigVocabulary() {}

  /** Names of the experiments in the folder {@code ASM_CONF_DIR}, sorted; none without it. */
  public static List<String> experiments() {
    return ConfigReader.experiments(System.getenv())
        .map(Path::of)
        .map(ConfigFile::experiments)
        .orElse(List.of());
  }

  /** Full keys of all values that {@code key=value} can set, such as {@code data.crop.width}. */
  public static List<String> keys() {
    return Schema.keys().stream().filter(key -> !key.contains(Schema.ANY_ENTRY)).toList();
  }

  /** The words that a key may be set to, by key, for those that have a closed set of them. */
  public static Map<String, List<String>> words() {
    Map<String, List<String>> words = new TreeMap<>();
    collect(AsmConfig.class, "", words);
    return words;
  }

  private static void collect(Class<?> block, String prefix, Map<String, List<String>> words) {
    for (Map.Entry<String, RecordComponent> entry : Schema.components(block).entrySet()) {
      Class<?> type = entry.getValue().getType();
      String key = prefix + entry.getKey();
      if (Schema.isBlock(type)) {
        collect(type, key + ".", words);
      } else if (type.isEnum()) {
        words.put(
            key, Arrays.stream(type.getEnumConstants()).map(word -> ((Word) word).word()).toList());
      } else if (type == boolean.class) {
        words.put(key, List.of("true", "false"));
      }
    }
  }
}
