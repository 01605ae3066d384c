package org.stylemining.data;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.dataset.LabelTable;
import org.stylemining.image.LabelMap;

/** The tables of published sets, as their papers and tools give them. */
final class PublishedTable {
  private PublishedTable() {}

  /**
   * A table from the values of the classes.
   *
   * @param known values {@code 0..known-1} exist
   * @param values stored value of each train id
   * @param more values that exist beside them; all that exist and are no class's are ignored
   */
  static LabelTable of(
      LabelSpace space, int bits, int channels, int known, int[] values, int... more) {
    Map<Integer, Integer> ids = new TreeMap<>();
    IntStream.concat(IntStream.range(0, known), IntStream.of(more))
        .forEach(value -> ids.put(value, LabelMap.IGNORE));
    for (int trainId = 0; trainId < values.length; trainId++) {
      ids.put(values[trainId], trainId);
    }
    return LabelTable.ofValues(space, bits, channels, ids);
  }
}
