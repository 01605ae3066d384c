package org.stylemining.data.digits;

import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.image.UnreadableImage;

/**
 * What a file of digits holds: images, the classes of images, or both.
 *
 * @param width of an image in pixels; 0 where there are classes alone
 * @param height of an image in pixels
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param pixels {@code count x height x width x channels} unsigned bytes, row-major, the channels
 *     of a pixel side by side; none where there are classes alone
 * @param classes 0..9, one for each image; none where there are images alone
 */
record Digits(int width, int height, int channels, byte[] pixels, byte[] classes) {
  private static final int CLASSES = 10;

  /** Images without their classes. */
  static Digits images(int width, int height, int channels, byte[] pixels) {
    return new Digits(width, height, channels, pixels, new byte[0]);
  }

  /** Classes without the images. */
  static Digits classes(byte[] classes) throws UnreadableImage {
    return new Digits(0, 0, 0, new byte[0], checked(classes));
  }

  /** Images and as many classes. */
  static Digits of(int width, int height, int channels, byte[] pixels, byte[] classes)
      throws UnreadableImage {
    Digits digits = new Digits(width, height, channels, pixels, checked(classes));
    if (digits.imageCount() != classes.length) {
      throw new UnreadableImage(
          "holds %d images and %d classes".formatted(digits.imageCount(), classes.length));
    }
    return digits;
  }

  /**
   * A class that a file stores as a number.
   *
   * @throws UnreadableImage where it is none
   */
  static byte classOf(double number) throws UnreadableImage {
    if (number != Math.rint(number) || !(number >= 0 && number < CLASSES)) {
      throw new UnreadableImage("expected a digit 0..9, found " + number);
    }
    return (byte) number;
  }

  private static byte[] checked(byte[] classes) throws UnreadableImage {
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] < 0 || classes[i] >= CLASSES) {
        throw new UnreadableImage(
            "expected classes 0..9, found %d at index %d".formatted(classes[i] & 0xff, i));
      }
    }
    return classes;
  }

  int imageCount() {
    return width == 0 ? 0 : pixels.length / (width * height * channels);
  }

  int classCount() {
    return classes.length;
  }

  /** Image {@code index}; grey becomes three equal channels. */
  RgbImage image(int index) {
    int count = width * height;
    byte[] rgb = new byte[3 * count];
    int from = index * count * channels;
    if (channels == 3) {
      System.arraycopy(pixels, from, rgb, 0, rgb.length);
      return new RgbImage(width, height, rgb);
    }
    for (int i = 0; i < count; i++) {
      byte grey = pixels[from + i];
      rgb[3 * i] = grey;
      rgb[3 * i + 1] = grey;
      rgb[3 * i + 2] = grey;
    }
    return new RgbImage(width, height, rgb);
  }

  /** The class of image {@code index}, as the label of a whole image. */
  LabelMap label(int index) {
    return LabelMap.filled(1, 1, classes[index]);
  }
}
