package org.stylemining.inspection;

import java.io.Serializable;

/**
 * How often a value is stored in a set's label files.
 *
 * @param pixels that have it
 * @param files in which it is
 */
public record ValueCount(long pixels, long files) implements Serializable {
  ValueCount plus(ValueCount other) {
    return new ValueCount(pixels + other.pixels, files + other.files);
  }
}
