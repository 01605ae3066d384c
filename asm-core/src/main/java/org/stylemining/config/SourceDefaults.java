package org.stylemining.config;

import java.io.Serializable;
import java.util.Optional;

/**
 * What an entry of {@code data.sources} gets for a key it leaves out: {@code data.source-defaults}.
 *
 * @param root folder; empty is not set
 * @param split a part of the set
 * @param weight relative share of training samples
 * @param limit images that are drawn from the set; 0: all of them
 */
public record SourceDefaults(
    String root,
    Optional<String> split,
    @Within("(0, inf)") double weight,
    @Within("[0, inf)") int limit)
    implements Serializable {
  private Object writeReplace() {
    return new SerializedRecord(this);
  }
}
