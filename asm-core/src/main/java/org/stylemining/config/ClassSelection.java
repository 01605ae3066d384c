package org.stylemining.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The classes a score counts: {@code evaluate.classes}.
 *
 * @param set all, a named set, or those listed
 * @param names names of the classes where they are {@link ClassSet#LISTED}, else empty
 */
public record ClassSelection(ClassSet set, List<String> names) implements Serializable {
  public ClassSelection {
    names = List.copyOf(names);
    if (names.isEmpty() == (set == ClassSet.LISTED)) {
      throw new IllegalArgumentException("Expected names for listed classes only: " + set + names);
    }
  }

  /** A named set or a list of names; empty where the value is neither. */
  static Optional<ClassSelection> read(ConfigValue value) {
    if (value instanceof ConfigList list
        && !list.isEmpty()
        && list.stream().allMatch(name -> name.valueType() == ConfigValueType.STRING)) {
      List<String> names = list.stream().map(name -> (String) name.unwrapped()).toList();
      return Optional.of(new ClassSelection(ClassSet.LISTED, names));
    }
    if (value.unwrapped() instanceof String word) {
      return switch (word) {
        case "all" -> Optional.of(new ClassSelection(ClassSet.ALL, List.of()));
        case "synthia13" -> Optional.of(new ClassSelection(ClassSet.SYNTHIA13, List.of()));
        default -> Optional.empty();
      };
    }
    return Optional.empty();
  }
}
