package org.stylemining.config;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A colour as it is written in a configuration: {@code "#804080"}.
 *
 * @param rgb {@code 0xRRGGBB}
 */
public record Colour(int rgb) implements Serializable {
  private static final Pattern FORM = Pattern.compile("#[0-9a-fA-F]{6}");

  public Colour {
    if (rgb < 0 || rgb > 0xFFFFFF) {
      throw new IllegalArgumentException("expected a colour 0xRRGGBB, found " + rgb);
    }
  }

  /** Reads {@code #RRGGBB}, in large or small letters; empty where the text is no such colour. */
  public static Optional<Colour> parse(String text) {
    return FORM.matcher(text).matches()
        ? Optional.of(new Colour(Integer.parseInt(text, 1, 7, 16)))
        : Optional.empty();
  }

  /** As it is written. */
  @Override
  public String toString() {
    return "#%06X".formatted(rgb);
  }
}
