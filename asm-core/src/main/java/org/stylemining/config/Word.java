package org.stylemining.config;

import java.util.Locale;

/** A word of a configuration that has a closed set of values. */
public interface Word {
  /** The constant's name in Java. */
  String name();

  /** The word as a configuration file spells it, such as {@code inverse-loss}. */
  default String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
