package org.stylemining.dataset;

import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.stylemining.image.LabelMap;

/**
 * The classes a network tells apart: train id = place in {@link #classes()}; {@link
 * LabelMap#IGNORE} is no class. Two spaces are equal where their names, classes, colours and label
 * ids are.
 */
public final class LabelSpace implements Serializable {
  /** The 19 classes Cityscapes is scored on, in its colours. */
  public static final LabelSpace CITYSCAPES19 =
      new LabelSpace(
          "cityscapes19",
          List.of(
              "road",
              "sidewalk",
              "building",
              "wall",
              "fence",
              "pole",
              "light",
              "sign",
              "vegetation",
              "terrain",
              "sky",
              "person",
              "rider",
              "car",
              "truck",
              "bus",
              "train",
              "motorcycle",
              "bicycle"),
          new int[] {
            0x804080, 0xF423E8, 0x464646, 0x66669C, 0xBE9999, 0x999999, 0xFAAA1E, 0xDCDC00,
            0x6B8E23, 0x98FB98, 0x4682B4, 0xDC143C, 0xFF0000, 0x00008E, 0x000046, 0x003C64,
            0x005064, 0x0000E6, 0x770B20
          },
          new int[] {7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33});

  /** The 11 classes of CamVid in SegNet's grouping and colours. */
  public static final LabelSpace CAMVID11 =
      new LabelSpace(
          "camvid11",
          List.of(
              "sky",
              "building",
              "pole",
              "road",
              "pavement",
              "tree",
              "signsymbol",
              "fence",
              "car",
              "pedestrian",
              "bicyclist"),
          new int[] {
            0x808080, 0x800000, 0xC0C080, 0x804080, 0x3C28DE, 0x808000, 0xC08080, 0x404080,
            0x400080, 0x404000, 0x0080C0
          });

  /** The digits 0 to 9. */
  public static final LabelSpace DIGITS10 =
      new LabelSpace(
          "digits10",
          List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
          new int[] {
            0x4E79A7, 0xF28E2B, 0xE15759, 0x76B7B2, 0x59A14F, 0xEDC948, 0xB07AA1, 0xFF9DA7,
            0x9C755F, 0xBAB0AC
          });

  /** The most classes that a space can have; the one byte of a label has one value for "none". */
  public static final int MOST_CLASSES = LabelMap.IGNORE;

  @Serial private static final long serialVersionUID = 1;

  private static final int COLOURS = 1 << 24;

  private final String name;
  private final List<String> classes;
  private final int[] colours;

  /** Null where label files hold train ids. */
  private final int[] labelIds;

  /**
   * Classes whose label files hold train ids.
   *
   * @param name of the space, such as {@code camvid11}
   * @param classes names by train id, 1 to {@link #MOST_CLASSES} of them, each once
   * @param colours {@code 0xRRGGBB} by train id, in which classes are shown
   */
  public LabelSpace(String name, List<String> classes, int[] colours) {
    this(name, classes, colours, Optional.empty());
  }

  /**
   * Classes that have other ids in their data set's own label files.
   *
   * @param labelIds those ids by train id, 0..255, each once
   */
  public LabelSpace(String name, List<String> classes, int[] colours, int[] labelIds) {
    this(name, classes, colours, Optional.of(labelIds));
  }

  private LabelSpace(String name, List<String> classes, int[] colours, Optional<int[]> labelIds) {
    this.name = Objects.requireNonNull(name, "name");
    this.classes = List.copyOf(classes);
    this.colours = colours.clone();
    this.labelIds = labelIds.map(int[]::clone).orElse(null);
    check();
  }

  private void check() {
    if (classes.isEmpty() || classes.size() > MOST_CLASSES) {
      throw new IllegalArgumentException(
          "%s: expected 1 to %d classes, found %d".formatted(name, MOST_CLASSES, classes.size()));
    }
    if (classes.stream().anyMatch(String::isBlank)
        || new HashSet<>(classes).size() < classes.size()) {
      throw new IllegalArgumentException(
          name + ": expected a name of its own for every class, found " + classes);
    }
    if (colours.length != classes.size()
        || Arrays.stream(colours).anyMatch(colour -> colour < 0 || colour >= COLOURS)) {
      throw new IllegalArgumentException(
          "%s: expected %d colours 0xRRGGBB, found %s"
              .formatted(name, classes.size(), Arrays.toString(colours)));
    }
    if (labelIds != null
        && (labelIds.length != classes.size()
            || Arrays.stream(labelIds).filter(id -> id >= 0 && id <= 255).distinct().count()
                < classes.size())) {
      throw new IllegalArgumentException(
          "%s: expected %d label ids 0..255, each once, found %s"
              .formatted(name, classes.size(), Arrays.toString(labelIds)));
    }
  }

  /** Its name in a configuration. */
  public String name() {
    return name;
  }

  /** Class names by train id. */
  public List<String> classes() {
    return classes;
  }

  /** Number of classes. */
  public int count() {
    return classes.size();
  }

  /** Colour {@code 0xRRGGBB} in which a class is shown; black for every id that is no class. */
  public int colour(int trainId) {
    return trainId < colours.length ? colours[trainId] : 0;
  }

  /**
   * The ids that the data set's own label files have, by train id, where they are others: those of
   * Cityscapes, which its evaluation server expects.
   *
   * @return a copy
   */
  public Optional<int[]> labelIds() {
    return Optional.ofNullable(labelIds).map(int[]::clone);
  }

  /** The colours of all 256 label values, for {@code ImageFiles.encodePalettePng}. */
  public int[] palette() {
    return IntStream.range(0, 256).map(this::colour).toArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelSpace space
        && name.equals(space.name)
        && classes.equals(space.classes)
        && Arrays.equals(colours, space.colours)
        && Arrays.equals(labelIds, space.labelIds);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + classes.hashCode();
  }

  @Override
  public String toString() {
    return name + classes;
  }
}
