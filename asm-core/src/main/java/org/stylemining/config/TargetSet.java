package org.stylemining.config;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The new domain: {@code data.target}.
 *
 * @param type which data set's layout, or {@code folder}
 * @param root folder of the set
 * @param split a part of the set; all of it where empty
 * @param anchors names or trailing parts of paths of the anchor images; empty: drawn
 * @param shots anchors drawn where none is named; 0: every target image
 */
public record TargetSet(
    String type,
    Optional<String> root,
    Optional<String> split,
    List<String> anchors,
    @Within("[0, inf)") int shots)
    implements Serializable {
  public TargetSet {
    anchors = List.copyOf(anchors);
  }

  private Object writeReplace() {
    return new SerializedRecord(this);
  }
}
