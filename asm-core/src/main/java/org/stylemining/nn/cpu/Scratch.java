package org.stylemining.nn.cpu;

import java.util.ArrayList;
import java.util.List;

/**
 * Arrays of one lane that its loops share, so that they leave no garbage: what a training step
 * throws away is what Java's heap grows by. Contents are arbitrary at the start of every call of a
 * loop's body.
 */
public final class Scratch {
  private final List<float[]> arrays = new ArrayList<>();

  /**
   * The lane's array of this number.
   *
   * @param number 0, 1, ...: arrays that are used side by side have different ones
   * @param length fewest values; it may be longer
   */
  public float[] floats(int number, int length) {
    while (arrays.size() <= number) {
      arrays.add(new float[0]);
    }
    float[] array = arrays.get(number);
    if (array.length < length) {
      array = new float[length];
      arrays.set(number, array);
    }
    return array;
  }
}
