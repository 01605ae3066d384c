package org.stylemining.data;

import java.util.Map;
import java.util.TreeMap;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.dataset.LabelTable;
import org.stylemining.image.LabelMap;

/** The tables of published sets, as their papers and tools give them. */
final class PublishedTable {
  private PublishedTable() {}

  /**
   * A table from values and ids.
   *
   * @param known values {@code 0..known-1} that are ignored where {@code pairs} does not map them
   * @param pairs stored value, train id, stored value, train id, ...
   */
  static LabelTable of(LabelSpace space, int bits, int channels, int known, int... pairs) {
    Map<Integer, Integer> ids = new TreeMap<>();
    for (int value = 0; value < known; value++) {
      ids.put(value, LabelMap.IGNORE);
    }
    for (int i = 0; i < pairs.length; i += 2) {
      ids.put(pairs[i], pairs[i + 1]);
    }
    return LabelTable.ofValues(space, bits, channels, ids);
  }
}
