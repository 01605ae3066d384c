package org.stylemining.dataset;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RawLabels;
import org.stylemining.image.UnreadableImage;

/**
 * What is stored in a set's label files, and what it means.
 *
 * @param space the classes that stored values are mapped to
 * @param colours whether classes are stored as colours {@code 0xRRGGBB}, in RGB, palette or grey
 *     files of 8 bits; else as the values of a file's first channel, in palette files the indices
 * @param bits of a stored value: 8 or 16; a file of another depth is damaged
 * @param channels of a label file; where classes are stored as colours, 3, and a palette's or a
 *     grey file's channel is read as 3
 * @param trainIds train id by stored value or colour, {@link LabelMap#IGNORE} for known ones that
 *     are not scored; what is not in the table is damage
 */
public record LabelTable(
    LabelSpace space, boolean colours, int bits, int channels, Map<Integer, Integer> trainIds)
    implements Serializable {
  private static final int COLOUR_BITS = 24;

  /** How many unknown values a message names. */
  private static final int NAMED = 3;

  public LabelTable {
    trainIds = Map.copyOf(trainIds);
    if (bits != 8 && bits != 16 || channels < 1 || colours && (bits != 8 || channels != 3)) {
      throw new IllegalArgumentException(
          "labels of %d bits in %d channels%s"
              .formatted(bits, channels, colours ? " as colours" : ""));
    }
    int stored = 1 << (colours ? COLOUR_BITS : bits);
    trainIds.forEach(
        (value, id) -> {
          if (value < 0 || value >= stored) {
            throw new IllegalArgumentException(
                "label value " + value + ": expected 0.." + (stored - 1));
          }
          if (id != LabelMap.IGNORE && (id < 0 || id >= space.count())) {
            throw new IllegalArgumentException(
                "train id " + id + " among the " + space.count() + " of " + space.name());
          }
        });
  }

  /**
   * A table of the values in a file's first channel.
   *
   * @param bits of a value: 8 or 16
   * @param channels of a file
   * @param trainIds train id by value
   */
  public static LabelTable ofValues(
      LabelSpace space, int bits, int channels, Map<Integer, Integer> trainIds) {
    return new LabelTable(space, false, bits, channels, trainIds);
  }

  /**
   * A table of colours.
   *
   * @param trainIds train id by colour {@code 0xRRGGBB}
   */
  public static LabelTable ofColours(LabelSpace space, Map<Integer, Integer> trainIds) {
    return new LabelTable(space, true, 8, 3, trainIds);
  }

  /** The train id of a stored value or colour, or -1 where the table does not have it. */
  public int trainId(int value) {
    return trainIds.getOrDefault(value, -1);
  }

  /**
   * The train ids of a label file.
   *
   * @param file a PNG
   * @throws UnreadableImage where the file is no whole PNG, is of another bit depth or has other
   *     channels, or holds a value that is not in this table: the message names up to three such
   *     values, how often each occurs and where first
   */
  public LabelMap read(byte[] file) throws UnreadableImage {
    RawLabels stored = stored(file);
    requireForm(stored);
    return toTrainIds(stored);
  }

  /**
   * What a label file holds, whether this table knows it or not.
   *
   * @param file a PNG
   * @throws UnreadableImage where the file is no whole PNG
   */
  public RawLabels stored(byte[] file) throws UnreadableImage {
    return colours ? ImageFiles.decodeLabelColours(file) : ImageFiles.decodeLabels(file);
  }

  /**
   * Checks the bit depth and the channels of what a file holds.
   *
   * @throws UnreadableImage where they are others than this table's
   */
  public void requireForm(RawLabels stored) throws UnreadableImage {
    if (stored.bits() > 8 != bits > 8 || stored.channels() != channels) {
      throw new UnreadableImage(
          "expected labels of %s, found %s"
              .formatted(form(bits, channels), form(stored.bits(), stored.channels())));
    }
  }

  /**
   * The train ids of what a file holds.
   *
   * @throws UnreadableImage where there is a value that is not in this table: the message names up
   *     to three such values, how often each occurs and where first
   */
  public LabelMap toTrainIds(RawLabels raw) throws UnreadableImage {
    int[] values = raw.values();
    byte[] ids = new byte[values.length];
    boolean known = true;
    // Neighbours are mostly of one class.
    int last = -1;
    int id = -1;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != last) {
        last = values[i];
        id = trainId(last);
        known &= id >= 0;
      }
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
            .limit(NAMED)
            .map(
                entry ->
                    "%s (%d pixels, first at column %d of row %d)"
                        .formatted(
                            text(entry.getKey()),
                            entry.getValue()[0],
                            entry.getValue()[1] % raw.width(),
                            entry.getValue()[1] / raw.width()))
            .collect(Collectors.joining(", "));
    return "%d unknown label %s%s: %s"
        .formatted(
            countAndFirst.size(),
            colours ? "colour" : "value",
            countAndFirst.size() == 1 ? "" : "s",
            few);
  }

  private String text(int value) {
    return colours ? "#%06X".formatted(value) : Integer.toString(value);
  }
}
