package org.stylemining.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a text. */
final class Tail {
  private Tail() {}

  static String of(String text, int lines) {
    List<String> all = text.lines().toList();
    return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
  }

  static String of(Path file, int lines) {
    try {
      return of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), lines);
    } catch (IOException e) {
      return "(" + file + " cannot be read: " + e.getMessage() + ")";
    }
  }
}
