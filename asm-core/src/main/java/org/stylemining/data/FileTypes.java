package org.stylemining.data;

import java.util.List;
import java.util.Locale;

/** What files are by the endings of their names, in large or small letters. */
final class FileTypes {
  static final List<String> IMAGES = List.of(".png", ".jpg", ".jpeg");
  static final List<String> LABELS = List.of(".png");

  private FileTypes() {}

  /** The path without its file type, or null where it has none of {@code types}. */
  static String without(String path, List<String> types) {
    String lower = path.toLowerCase(Locale.ROOT);
    for (String type : types) {
      if (lower.endsWith(type)) {
        return path.substring(0, path.length() - type.length());
      }
    }
    return null;
  }
}
