package org.stylemining.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.stylemining.config.ClassSelection;
import org.stylemining.config.DataConfig;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.LabelSpace;

/** The label spaces that configurations speak of. */
public final class LabelSpaces {
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

  private LabelSpaces() {}

  /** Those that {@code data.labels} has a word for. */
  public static List<LabelSpace> published() {
    return List.of(LabelSpace.CITYSCAPES19, LabelSpace.CAMVID11);
  }

  /** The space that {@code data.labels} names. */
  public static LabelSpace of(DataConfig data) {
    return switch (data.labels()) {
      case CITYSCAPES19 -> LabelSpace.CITYSCAPES19;
      case CAMVID11 -> LabelSpace.CAMVID11;
    };
  }

  /**
   * The train ids that {@code evaluate.classes} asks to score.
   *
   * @return ascending train ids
   * @throws UserMistake naming the classes that the space does not have
   */
  public static int[] scored(LabelSpace space, ClassSelection asked) {
    return switch (asked.set()) {
      case ALL -> IntStream.range(0, space.count()).toArray();
      case SYNTHIA13 -> ids(space, "synthia13", SYNTHIA13);
      case LISTED -> ids(space, String.join(", ", asked.names()), asked.names());
    };
  }

  private static int[] ids(LabelSpace space, String asked, List<String> names) {
    List<String> classes = space.classes();
    List<String> unknown = new ArrayList<>(names);
    unknown.removeAll(classes);
    if (!unknown.isEmpty()) {
      throw new UserMistake(
          "evaluate.classes = %s: %s has no class %s; it has %s"
              .formatted(
                  asked, space.name(), String.join(", ", unknown), String.join(", ", classes)));
    }
    return names.stream().mapToInt(classes::indexOf).sorted().distinct().toArray();
  }
}
