package org.stylemining.data.demo;

import java.awt.Color;
import java.util.SplittableRandom;

/** Colours made from colours. */
final class Tint {
  private Tint() {}

  static Color of(double red, double green, double blue) {
    return new Color(clip(red), clip(green), clip(blue));
  }

  static Color darker(Color colour, double factor) {
    return of(factor * colour.getRed(), factor * colour.getGreen(), factor * colour.getBlue());
  }

  /** The colour with each channel moved by up to {@code amount}. */
  static Color vary(Color colour, int amount, SplittableRandom random) {
    int all = random.nextInt(-amount, amount + 1);
    return of(
        colour.getRed() + all + random.nextInt(-amount, amount + 1) / 3,
        colour.getGreen() + all + random.nextInt(-amount, amount + 1) / 3,
        colour.getBlue() + all + random.nextInt(-amount, amount + 1) / 3);
  }

  static Color pick(SplittableRandom random, int... colours) {
    return vary(new Color(colours[random.nextInt(colours.length)]), 12, random);
  }

  private static int clip(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
