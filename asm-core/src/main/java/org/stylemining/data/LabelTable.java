package org.stylemining.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RawLabels;
import org.stylemining.image.UnreadableImage;

/**
 * What the values in a set's label files mean.
 *
 * @param space the classes they are mapped to
 * @param bits of a stored value: 8 or 16; a file of another depth is damaged
 * @param channels of a label file; the class is in the first
 * @param trainIds train id by stored value, {@link LabelMap#IGNORE} for known values that are not
 *     scored; a value that is not in the table is damage
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
   * The train ids of a label file.
   *
   * @throws UnreadableImage where the file is of another bit depth or has other channels, or holds
   *     a value that is not in this table: the message names up to three such values, how often
   *     each occurs and where first
   */
  LabelMap toTrainIds(RawLabels raw) throws UnreadableImage {
    if (raw.bits() > 8 != bits > 8 || raw.channels() != channels) {
      throw new UnreadableImage(
          "expected labels of %s, found %s"
              .formatted(form(bits, channels), form(raw.bits(), raw.channels())));
    }
    int[] byValue = new int[1 << bits];
    Arrays.fill(byValue, -1);
    trainIds.forEach((value, id) -> byValue[value] = id);
    int[] values = raw.values();
    byte[] ids = new byte[values.length];
    boolean known = true;
    for (int i = 0; i < values.length; i++) {
      int id = byValue[values[i]];
      known &= id >= 0;
      ids[i] = (byte) id;
    }
    if (!known) {
      throw new UnreadableImage(unknown(raw));
    }
    return new LabelMap(raw.width(), raw.height(), ids);
  }

  private static String form(int bits, int channels) {
    return "%d bits in %d channel%s".formatted(bits, channels, channels == 1 ? "" : "s");
  }

  private String unknown(RawLabels raw) {
    Map<Integer, int[]> countAndFirst = new LinkedHashMap<>();
    for (int i = 0; i < raw.values().length; i++) {
      if (trainId(raw.values()[i]) < 0) {
        int first = i;
        countAndFirst.computeIfAbsent(raw.values()[i], value -> new int[] {0, first})[0]++;
      }
    }
    String few =
        countAndFirst.entrySet().stream()
            .limit(3)
            .map(
                entry ->
                    "%d (%d pixels, first at column %d of row %d)"
                        .formatted(
                            entry.getKey(),
                            entry.getValue()[0],
                            entry.getValue()[1] % raw.width(),
                            entry.getValue()[1] / raw.width()))
            .collect(Collectors.joining(", "));
    return "%d unknown label value%s: %s"
        .formatted(countAndFirst.size(), countAndFirst.size() == 1 ? "" : "s", few);
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
