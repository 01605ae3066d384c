package org.stylemining.data;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stylemining.config.Colour;
import org.stylemining.image.LabelMap;

/** A table of label values or colours, as it grows from the texts of a configuration. */
final class StoredValues {
  /** Stands for no class. */
  static final int IGNORED = LabelMap.IGNORE;

  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

  private final boolean colours;
  private final int most;
  private final Map<Integer, Integer> trainIds = new TreeMap<>();

  /**
   * @param colours whether the texts are colours, else values or ranges of them
   * @param bits of a value
   */
  StoredValues(boolean colours, int bits) {
    this.colours = colours;
    most = (1 << bits) - 1;
  }

  /**
   * Notes what a text stands for.
   *
   * @param text {@code 7}, {@code 10-12} or {@code #804080}
   * @param names of train ids, for messages
   * @return what is expected instead where it is no such text, or its value is noted already
   */
  Optional<String> add(String text, int trainId, IntFunction<String> names) {
    if (colours) {
      Optional<Colour> colour = Colour.parse(text);
      return colour.isEmpty()
          ? Optional.of("colours such as \"#804080\", in quotes; %s is none".formatted(text))
          : add(colour.get().rgb(), trainId, names);
    }
    Matcher range = RANGE.matcher(text);
    int from = range.matches() ? Integer.parseInt(range.group(1)) : -1;
    int to = from < 0 || range.group(2) == null ? from : Integer.parseInt(range.group(2));
    if (from < 0 || from > to || to > most) {
      return Optional.of(
          "values 0 to %d or ranges of them such as \"10-12\"; %s is none".formatted(most, text));
    }
    for (int value = from; value <= to; value++) {
      Optional<String> mistake = add(value, trainId, names);
      if (mistake.isPresent()) {
        return mistake;
      }
    }
    return Optional.empty();
  }

  private Optional<String> add(int value, int trainId, IntFunction<String> names) {
    Integer other = trainIds.putIfAbsent(value, trainId);
    return other == null
        ? Optional.empty()
        : Optional.of(
            "each %s once; %s is %s already"
                .formatted(
                    colours ? "colour" : "value",
                    colours ? new Colour(value) : value,
                    names.apply(other)));
  }

  /** Train id by value or colour. */
  Map<Integer, Integer> trainIds() {
    return trainIds;
  }
}
