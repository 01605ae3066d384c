package org.stylemining.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.NearestWord;
import org.stylemining.config.SetDefinition;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.dataset.LabelTable;

/** Makes the data sets that a configuration defines, and finds every mistake in them. */
final class CustomDatasets {
  private final AsmConfig config;
  private final LabelSpace space;
  private final List<String> mistakes = new ArrayList<>();

  private CustomDatasets(AsmConfig config) {
    this.config = config;
    space = LabelSpaces.of(config.data());
  }

  /**
   * The data sets of {@code data.custom}.
   *
   * @param taken types that they cannot have
   * @throws UserMistake with every mistake, one a line
   */
  static List<CustomDataset> of(AsmConfig config, Set<String> taken) {
    CustomDatasets made = new CustomDatasets(config);
    List<CustomDataset> datasets = new ArrayList<>();
    Set<String> types = new HashSet<>(taken);
    List<SetDefinition> definitions = config.data().custom();
    for (int i = 0; i < definitions.size(); i++) {
      String key = "data.custom[" + i + "]";
      String type = definitions.get(i).type();
      if (type.isBlank() || !types.add(type)) {
        made.mistake(key + ".type", "a word that no other data set has");
      }
      made.dataset(key, definitions.get(i)).ifPresent(datasets::add);
    }
    if (!made.mistakes.isEmpty()) {
      throw new UserMistake(String.join("\n", made.mistakes));
    }
    return List.copyOf(datasets);
  }

  private void mistake(String key, String expected) {
    mistakes.add(config.mistake(key, expected).getMessage());
  }

  private Optional<CustomDataset> dataset(String key, SetDefinition definition) {
    Optional<PathPattern> images = pattern(key + ".images", definition.images());
    if (definition.labels().isEmpty()) {
      if (definition.values().isPresent() || definition.colours().isPresent()) {
        mistake(key + ".labels", "a pattern, as the set has a table of label values");
      }
      return images.map(pattern -> new CustomDataset(key, definition.type(), pattern));
    }
    Optional<PathPattern> labels = pattern(key + ".labels", definition.labels().get());
    Optional<LabelTable> table = table(key, definition);
    score(key, definition);
    if (images.isEmpty() || labels.isEmpty() || table.isEmpty()) {
      return Optional.empty();
    }
    Set<String> common = images.get().words();
    common.retainAll(labels.get().words());
    common.remove(PathPattern.SPLIT);
    if (common.isEmpty()) {
      mistake(
          key + ".labels",
          "a word in braces that %s.images = %s has too, such as {name}: it tells which image a label file belongs to"
              .formatted(key, images.get()));
      return Optional.empty();
    }
    return Optional.of(
        new CustomDataset(key, definition.type(), images.get(), labels.get(), table.get()));
  }

  private Optional<PathPattern> pattern(String key, String text) {
    try {
      return Optional.of(new PathPattern(text));
    } catch (PathPattern.Malformed e) {
      mistake(key, e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<LabelTable> table(String key, SetDefinition definition) {
    if (definition.values().isPresent() == definition.colours().isPresent()) {
      mistake(
          key + ".values",
          definition.values().isPresent()
              ? "null, as %s.colours is set".formatted(key)
              : "what the values of label files mean, or %s.colours to be set".formatted(key));
      return Optional.empty();
    }
    boolean colours = definition.colours().isPresent();
    int bits = definition.bits();
    if (bits != 8 && bits != 16) {
      mistake(key + ".bits", "8 or 16");
      return Optional.empty();
    }
    int before = mistakes.size();
    StoredValues stored = new StoredValues(colours, bits);
    String table = key + (colours ? ".colours" : ".values");
    Map<String, List<String>> byClass =
        colours ? definition.colours().get() : definition.values().orElseThrow();
    if (byClass.isEmpty()) {
      mistake(table, "at least one class");
    }
    byClass.forEach(
        (name, texts) -> {
          int trainId = space.classes().indexOf(name);
          if (trainId < 0) {
            mistake(table + "." + name, aClass(name));
          } else {
            texts.forEach(text -> add(stored, table + "." + name, text, trainId));
          }
        });
    definition.ignored().forEach(text -> add(stored, key + ".ignored", text, StoredValues.IGNORED));
    if (mistakes.size() > before) {
      return Optional.empty();
    }
    return Optional.of(
        colours
            ? LabelTable.ofColours(space, stored.trainIds())
            : LabelTable.ofValues(space, bits, definition.channels(), stored.trainIds()));
  }

  private void add(StoredValues stored, String key, String text, int trainId) {
    stored
        .add(text, trainId, id -> id == StoredValues.IGNORED ? "ignored" : space.classes().get(id))
        .ifPresent(expected -> mistake(key, expected));
  }

  private void score(String key, SetDefinition definition) {
    for (String name : definition.score().orElse(List.of())) {
      if (!space.classes().contains(name)) {
        mistake(key + ".score", aClass(name));
      }
    }
    if (definition.score().isPresent() && definition.score().get().isEmpty()) {
      mistake(key + ".score", "at least one class, or null for all");
    }
  }

  private String aClass(String name) {
    String nearest =
        space.classes().stream()
            .min(Comparator.comparingInt(known -> NearestWord.edits(name, known)))
            .orElseThrow();
    return "a class of data.labels = %s, which has no %s; the nearest one is %s"
        .formatted(space.name(), name, nearest);
  }
}
