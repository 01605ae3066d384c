package org.stylemining.config;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Guesses which key was meant. */
final class NearestKey {
  private static final Pattern ENTRY = Pattern.compile("\\[\\d+]");

  /** What it costs that a key stands in another block than the unknown one. */
  private static final int OTHER_BLOCK = 2;

  private NearestKey() {}

  /**
   * The known key or block nearest to an unknown one: the fewest edits, in the same block rather
   * than another.
   */
  static String to(String unknown) {
    Matcher entry = ENTRY.matcher(unknown);
    String place = entry.find() ? entry.group() : Schema.ANY_ENTRY;
    String asked = Schema.key(entry.replaceAll(Schema.ANY_ENTRY).replace('_', '-'));
    return Schema.keys().stream()
        .flatMap(NearestKey::withBlocks)
        .min(
            Comparator.<String>comparingInt(known -> distance(asked, known))
                .thenComparing(known -> NearestWord.edits(asked, known))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow()
        .replace(Schema.ANY_ENTRY, place);
  }

  private static Stream<String> withBlocks(String key) {
    return Stream.iterate(key, part -> !part.isEmpty(), NearestKey::block);
  }

  private static String block(String key) {
    return key.substring(0, Math.max(0, key.lastIndexOf('.')));
  }

  private static int distance(String asked, String known) {
    int wholeKey = NearestWord.edits(asked, known);
    int lastPart = NearestWord.edits(last(asked), last(known)) + OTHER_BLOCK;
    return Math.min(wholeKey, lastPart);
  }

  private static String last(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
