package org.stylemining.config;

import java.io.Serializable;
import java.util.Optional;

/**
 * The labelled images that are scored: {@code data.evaluation}.
 *
 * @param type which data set's layout and labels
 * @param root folder of the set
 * @param split a part of the set; all of it where empty
 */
public record EvaluationSet(Optional<String> type, Optional<String> root, Optional<String> split)
    implements Serializable {
  private Object writeReplace() {
    return new SerializedRecord(this);
  }
}
