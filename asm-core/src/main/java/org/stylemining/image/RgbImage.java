package org.stylemining.image;

import java.io.Serializable;
import java.util.Arrays;

/**
 * An 8-bit RGB image.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param rgb {@code height x width x 3} unsigned bytes, row-major, the channels of a pixel side by
 *     side; not copied
 */
public record RgbImage(int width, int height, byte[] rgb) implements Serializable {
  public RgbImage {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("an image of " + width + "x" + height + " pixels");
    }
    if (rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "expected 3 x " + width + " x " + height + " bytes, found " + rgb.length);
    }
  }

  /** A black image. */
  public static RgbImage black(int width, int height) {
    return new RgbImage(width, height, new byte[3 * width * height]);
  }

  /** An image of one colour: red, green and blue, 0..255. */
  public static RgbImage filled(int width, int height, int[] colour) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) colour[i % 3];
    }
    return new RgbImage(width, height, rgb);
  }

  /**
   * The value 0..255 of {@code channel} (0 red, 1 green, 2 blue) at column {@code x} of row {@code
   * y}.
   */
  public int at(int x, int y, int channel) {
    return rgb[3 * (y * width + x) + channel] & 0xFF;
  }

  /** The mean colour, rounded: red, green and blue, 0..255. */
  public int[] meanColour() {
    long[] sums = new long[3];
    for (int i = 0; i < rgb.length; i += 3) {
      sums[0] += rgb[i] & 0xFF;
      sums[1] += rgb[i + 1] & 0xFF;
      sums[2] += rgb[i + 2] & 0xFF;
    }
    long pixels = (long) width * height;
    int[] mean = new int[3];
    for (int c = 0; c < 3; c++) {
      mean[c] = (int) ((sums[c] + pixels / 2) / pixels);
    }
    return mean;
  }

  /** The image seen in a mirror: left and right swapped. */
  public RgbImage mirrored() {
    byte[] out = new byte[rgb.length];
    for (int y = 0; y < height; y++) {
      int row = 3 * y * width;
      for (int x = 0; x < width; x++) {
        System.arraycopy(rgb, row + 3 * x, out, row + 3 * (width - 1 - x), 3);
      }
    }
    return new RgbImage(width, height, out);
  }

  /**
   * The part of {@code width x height} pixels whose top left corner is at ({@code left}, {@code
   * top}).
   */
  public RgbImage crop(int left, int top, int width, int height) {
    Bounds.checkCrop(this.width, this.height, left, top, width, height);
    byte[] out = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(rgb, 3 * ((top + y) * this.width + left), out, 3 * y * width, 3 * width);
    }
    return new RgbImage(width, height, out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RgbImage image
        && image.width == width
        && image.height == height
        && Arrays.equals(image.rgb, rgb);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(rgb);
  }

  @Override
  public String toString() {
    return "RgbImage[" + width + "x" + height + "]";
  }
}
