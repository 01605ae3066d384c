package org.stylemining.inspection;

import java.util.ArrayList;
import java.util.List;

/** Rows of words in columns, for a terminal. */
final class TextTable {
  private final List<String[]> rows = new ArrayList<>();
  private final String sides;

  /**
   * @param sides {@code l} or {@code r} for each column: where its words stand
   */
  TextTable(String sides) {
    this.sides = sides;
  }

  void row(String... words) {
    if (words.length != sides.length()) {
      throw new IllegalArgumentException(
          words.length + " words for " + sides.length() + " columns");
    }
    rows.add(words);
  }

  @Override
  public String toString() {
    int[] widths = new int[sides.length()];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String gap = " ".repeat(widths[i] - row[i].length());
        line.append(i == 0 ? "" : "  ");
        line.append(sides.charAt(i) == 'r' ? gap + row[i] : row[i] + gap);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
