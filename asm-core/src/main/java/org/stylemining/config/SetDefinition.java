package org.stylemining.config;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A kind of data set of the user's own: an entry of {@code data.custom}.
 *
 * @param type the word for it in {@code data.sources}, {@code data.target} and {@code
 *     data.evaluation}
 * @param images pattern of the images' paths below the root
 * @param labels pattern of the label files' paths; empty: it has no labels
 * @param bits of a stored value
 * @param channels of a label file
 * @param values stored values and ranges of them, by class
 * @param colours stored colours, by class
 * @param ignored stored values, ranges or colours that are known and of no class
 * @param score classes that are scored where the set is {@code data.evaluation}; empty: all
 */
public record SetDefinition(
    String type,
    String images,
    Optional<String> labels,
    @Within("[8, 16]") int bits,
    @Within("[1, 4]") int channels,
    Optional<Map<String, List<String>>> values,
    Optional<Map<String, List<String>>> colours,
    List<String> ignored,
    Optional<List<String>> score)
    implements Serializable {
  public SetDefinition {
    values = values.map(SetDefinition::sorted);
    colours = colours.map(SetDefinition::sorted);
    ignored = List.copyOf(ignored);
    score = score.map(List::copyOf);
  }

  private static Map<String, List<String>> sorted(Map<String, List<String>> table) {
    return Collections.unmodifiableMap(new TreeMap<>(table));
  }

  private Object writeReplace() {
    return new SerializedRecord(this);
  }
}
