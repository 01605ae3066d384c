package org.stylemining.data.digits;

import org.stylemining.image.UnreadableImage;

/** Grey values that a file stores as numbers. */
final class GreyValue {
  /** Files round their numbers. */
  private static final double SLACK = 1e-3;

  private GreyValue() {}

  /**
   * A number from {@code black} to {@code white} as 0..255.
   *
   * @throws UnreadableImage where it lies outside
   */
  static byte of(double value, double black, double white) throws UnreadableImage {
    double share = (value - black) / (white - black);
    if (!(share >= -SLACK && share <= 1 + SLACK)) {
      throw new UnreadableImage(
          "expected grey values from %s to %s, found %s".formatted(black, white, value));
    }
    return (byte) Math.round(255 * Math.max(0, Math.min(1, share)));
  }
}
