package org.stylemining.config;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an entry of {@code data.custom} gets for a key it leaves out: {@code data.custom-defaults}.
 *
 * @param labels pattern of the label files' paths
 * @param bits of a stored value
 * @param channels of a label file
 * @param values stored values by class
 * @param colours stored colours by class
 * @param ignored what is stored for no class
 * @param score classes that are scored
 */
public record SetDefaults(
    Optional<String> labels,
    @Within("[8, 16]") int bits,
    @Within("[1, 4]") int channels,
    Optional<Map<String, List<String>>> values,
    Optional<Map<String, List<String>>> colours,
    List<String> ignored,
    Optional<List<String>> score)
    implements Serializable {
  private Object writeReplace() {
    return new SerializedRecord(this);
  }
}
