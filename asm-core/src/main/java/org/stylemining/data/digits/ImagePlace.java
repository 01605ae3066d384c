package org.stylemining.data.digits;

import java.util.Optional;

/**
 * One image, or one image's class, of a file of many: {@code FILE#12}, or {@code FILE#train-12}
 * where a file has parts.
 *
 * @param file URI of the file
 * @param part of the file; empty where it has none
 * @param index from 0
 */
record ImagePlace(String file, String part, int index) {
  /** The place that a sample's image or label names; empty where the text is no such place. */
  static Optional<ImagePlace> of(String uri) {
    int sharp = uri.lastIndexOf('#');
    int dash = uri.lastIndexOf('-');
    int number = Math.max(sharp, dash) + 1;
    if (sharp < 0 || number == uri.length()) {
      return Optional.empty();
    }
    try {
      int index = Integer.parseUnsignedInt(uri, number, uri.length(), 10);
      return Optional.of(
          new ImagePlace(
              uri.substring(0, sharp), dash > sharp ? uri.substring(sharp + 1, dash) : "", index));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return file + "#" + (part.isEmpty() ? "" : part + "-") + index;
  }
}
