package org.stylemining.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses which word was meant by one that is not known. */
public final class NearestWord {
  private static final LevenshteinDistance EDITS = LevenshteinDistance.getDefaultInstance();

  /** So many letters of a short word may be wrong, two of them exchanged for example. */
  private static final int FEW = 2;

  /** One letter of so many of a long word. */
  private static final int SHARE = 3;

  private NearestWord() {}

  /** Letters to insert, delete or replace to turn one word into another (Levenshtein). */
  public static int edits(String from, String to) {
    return EDITS.apply(from, to);
  }

  /**
   * The known word with the fewest edits, of several the first in the alphabet; empty where none is
   * so near that it can have been meant.
   */
  public static Optional<String> to(String unknown, Collection<String> known) {
    int most = Math.max(FEW, unknown.length() / SHARE);
    return known.stream()
        .filter(word -> edits(unknown, word) <= most)
        .min(
            Comparator.<String>comparingInt(word -> edits(unknown, word))
                .thenComparing(Comparator.naturalOrder()));
  }
}
