package org.stylemining.data;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.stylemining.image.LabelMap;

/**
 * What the values in a set's label files mean.
 *
 * @param space the classes they are mapped to
 * @param bits of a stored value: 8 or 16; a file of another depth is damaged
 * @param channels of a label file; the class is in the first
 * @param trainIds train id by stored value, {@link LabelMap#IGNORE} for known values that are not scored; a value that
 *     is not in the table is damage
 */
public record LabelTable(LabelSpace space, int bits, int channels, Map<Integer, Integer> trainIds)
    implements Serializable {
  public LabelTable {
    trainIds = Map.copyOf(trainIds);
    trainIds.forEach(
        (value, id) -> {
          if (value < 0 || value >= 1 << bits) {
            throw new IllegalArgumentException("label value " + value + " in " + bits + " bits");
          }
          if (id != LabelMap.IGNORE && (id < 0 || id >= space.count())) {
            throw new IllegalArgumentException(
                "train id " + id + " among the " + space.count() + " of " + space.key());
          }
        });
  }

  /** The train id of a stored value, or -1 where the table does not have it. */
  public int trainId(int value) {
    return trainIds.getOrDefault(value, -1);
  }

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
    return new LabelTable(space, bits, channels, ids);
  }
}
