package org.stylemining.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.stylemining.config.ClassSelection;
import org.stylemining.config.LabelSpaceName;
import org.stylemining.config.UserMistake;
import org.stylemining.image.LabelMap;

/**
 * The classes a network tells apart: train id = place in {@link #classes()}; {@link
 * LabelMap#IGNORE} is no class.
 */
public enum LabelSpace {
  /** The 19 classes Cityscapes is scored on, in its colours. */
  CITYSCAPES19(
      "cityscapes19",
      new String[] {
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
        "bicycle"
      },
      new int[] {
        0x804080, 0xF423E8, 0x464646, 0x66669C, 0xBE9999, 0x999999, 0xFAAA1E, 0xDCDC00, 0x6B8E23,
        0x98FB98, 0x4682B4, 0xDC143C, 0xFF0000, 0x00008E, 0x000046, 0x003C64, 0x005064, 0x0000E6,
        0x770B20
      }),
  /** The 11 classes of CamVid in SegNet's grouping and colours. */
  CAMVID11(
      "camvid11",
      new String[] {
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
        "bicyclist"
      },
      new int[] {
        0x808080, 0x800000, 0xC0C080, 0x804080, 0x3C28DE, 0x808000, 0xC08080, 0x404080, 0x400080,
        0x404000, 0x0080C0
      });

  private static final List<String> SYNTHIA13 =
      List.of(
          "road",
          "sidewalk",
          "building",
          "light",
          "sign",
          "vegetation",
          "sky",
          "person",
          "rider",
          "car",
          "bus",
          "motorcycle",
          "bicycle");

  private final String key;
  private final List<String> classes;
  private final int[] colours;

  LabelSpace(String key, String[] classes, int[] colours) {
    this.key = key;
    this.classes = List.of(classes);
    this.colours = colours;
  }

  /** The space that {@code data.labels} names. */
  public static LabelSpace of(LabelSpaceName name) {
    return switch (name) {
      case CITYSCAPES19 -> CITYSCAPES19;
      case CAMVID11 -> CAMVID11;
    };
  }

  /** Its name in a configuration. */
  public String key() {
    return key;
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
    return this == CITYSCAPES19 ? Optional.of(CityscapesIds.SCORED.clone()) : Optional.empty();
  }

  /** The colours of all 256 label values, for {@code ImageFiles.encodePalettePng}. */
  public int[] palette() {
    return IntStream.range(0, 256).map(this::colour).toArray();
  }

  /**
   * The train ids that {@code evaluate.classes} asks to score.
   *
   * @return ascending train ids
   * @throws UserMistake naming the classes this space does not have
   */
  public int[] scored(ClassSelection asked) {
    return switch (asked.set()) {
      case ALL -> IntStream.range(0, count()).toArray();
      case SYNTHIA13 -> ids("synthia13", SYNTHIA13);
      case LISTED -> ids(String.join(", ", asked.names()), asked.names());
    };
  }

  private int[] ids(String asked, List<String> names) {
    List<String> unknown = new ArrayList<>(names);
    unknown.removeAll(classes);
    if (!unknown.isEmpty()) {
      throw new UserMistake(
          "evaluate.classes = %s: %s has no class %s; it has %s"
              .formatted(asked, key, String.join(", ", unknown), String.join(", ", classes)));
    }
    return names.stream().mapToInt(classes::indexOf).sorted().distinct().toArray();
  }
}
