package org.stylemining.inspection;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.stylemining.config.Size;

/** How counts are said. */
final class Phrases {
  private Phrases() {}

  /** {@code no warning}, {@code 1 warning}, {@code 2 warnings}. */
  static String counted(long count, String noun) {
    return count == 0 ? "no " + noun : count + " " + noun + (count == 1 ? "" : "s");
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }

  /** {@code 8-bit RGB}, or {@code 8-bit RGB 303, 8-bit grey 2}. */
  static String modes(SortedMap<String, Examples> modes) {
    if (modes.size() <= 1) {
      return modes.isEmpty() ? "-" : modes.firstKey();
    }
    return modes.entrySet().stream()
        .sorted(
            Comparator.comparingLong(
                (Map.Entry<String, Examples> mode) -> -mode.getValue().count()))
        .map(mode -> mode.getKey() + " " + mode.getValue().count())
        .collect(Collectors.joining(", "));
  }

  /** The sizes of most images first. */
  static List<Map.Entry<Size, Long>> bySize(SetTally tally) {
    return tally.sizes().entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<Size, Long> size) -> -size.getValue())
                .thenComparingInt(size -> -size.getKey().width())
                .thenComparingInt(size -> -size.getKey().height()))
        .toList();
  }

  /** {@code 480x360}, or {@code 500x400 12, 640x480 3, 7 others}. */
  static String sizes(SetTally tally) {
    List<Map.Entry<Size, Long>> sizes = bySize(tally);
    if (sizes.size() <= 1) {
      return sizes.isEmpty() ? "-" : text(sizes.get(0).getKey());
    }
    int named = sizes.size() == 3 ? 3 : 2;
    String first =
        sizes.stream()
            .limit(named)
            .map(size -> text(size.getKey()) + " " + size.getValue())
            .collect(Collectors.joining(", "));
    int others = sizes.size() - named;
    return others <= 0
        ? first
        : first + ", %d%s other sizes".formatted(others, tally.otherSizes() > 0 ? "+" : "");
  }

  static String text(Size size) {
    return size.width() + "x" + size.height();
  }
}
