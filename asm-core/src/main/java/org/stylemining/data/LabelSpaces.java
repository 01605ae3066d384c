package org.stylemining.data;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ClassDefinition;
import org.stylemining.config.ClassSelection;
import org.stylemining.config.ClassSet;
import org.stylemining.config.Colour;
import org.stylemining.config.DataConfig;
import org.stylemining.config.LabelSpaceName;
import org.stylemining.config.SetDefinition;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.LabelSpace;

/** The label spaces that configurations speak of. */
public final class LabelSpaces {
  private static final String CUSTOM = LabelSpaceName.CUSTOM.word();

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
    return List.of(LabelSpace.CITYSCAPES19, LabelSpace.CAMVID11, LabelSpace.DIGITS10);
  }

  /** The space that {@code data.labels} names. */
  public static LabelSpace of(DataConfig data) {
    return switch (data.labels()) {
      case CITYSCAPES19 -> LabelSpace.CITYSCAPES19;
      case CAMVID11 -> LabelSpace.CAMVID11;
      case DIGITS10 -> LabelSpace.DIGITS10;
      case CUSTOM ->
          new LabelSpace(
              CUSTOM,
              data.classes().stream().map(ClassDefinition::name).toList(),
              data.classes().stream().mapToInt(entry -> entry.colour().rgb()).toArray());
    };
  }

  /**
   * The space that the text of a resolved configuration names, such as a checkpoint's or a run's,
   * whatever version of this program it is of; empty where it names none.
   */
  public static Optional<LabelSpace> told(String configuration) {
    try {
      Config config = ConfigFactory.parseString(configuration).resolve();
      if (!config.hasPath("data.labels")) {
        return Optional.empty();
      }
      String name = config.getString("data.labels");
      if (!name.equals(CUSTOM)) {
        return published().stream().filter(space -> space.name().equals(name)).findFirst();
      }
      List<? extends Config> classes = config.getConfigList("data.classes");
      return Optional.of(
          new LabelSpace(
              CUSTOM,
              classes.stream().map(entry -> entry.getString("name")).toList(),
              classes.stream()
                  .map(entry -> Colour.parse(entry.getString("colour")).orElseThrow())
                  .mapToInt(Colour::rgb)
                  .toArray()));
    } catch (ConfigException | IllegalArgumentException | NoSuchElementException e) {
      return Optional.empty();
    }
  }

  /**
   * The train ids that a configuration asks to score: {@code evaluate.classes}, and where those are
   * all, the classes that the definition of the scored set names.
   *
   * @return ascending train ids
   * @throws UserMistake naming the classes that the space does not have
   */
  public static int[] scored(AsmConfig config) {
    LabelSpace space = of(config.data());
    ClassSelection asked = config.evaluate().classes();
    Optional<String> set = config.data().evaluation().type();
    Optional<List<String>> own =
        config.data().custom().stream()
            .filter(definition -> set.equals(Optional.of(definition.type())))
            .findFirst()
            .flatMap(SetDefinition::score);
    return asked.set() == ClassSet.ALL && own.isPresent()
        ? scored(space, new ClassSelection(ClassSet.LISTED, own.get()))
        : scored(space, asked);
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
