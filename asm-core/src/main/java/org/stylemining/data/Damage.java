package org.stylemining.data;

import java.io.Serializable;
import org.stylemining.dataset.DamagedSample;

/**
 * A sample that could not be read and was left out.
 *
 * @param position its place in the training order
 * @param path of the damaged file
 * @param reason what is wrong with it
 */
public record Damage(long position, String path, String reason) implements Serializable {
  /** What is wrong with the sample at {@code position} of the training order. */
  public static Damage of(long position, DamagedSample damaged) {
    return new Damage(position, damaged.path(), damaged.reason());
  }
}
