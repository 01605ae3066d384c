package org.stylemining.image;

/** Whether a crop lies inside its picture. */
final class Bounds {
  private Bounds() {}

  static void checkCrop(int width, int height, int left, int top, int cropWidth, int cropHeight) {
    if (left < 0
        || top < 0
        || cropWidth < 1
        || cropHeight < 1
        || left > width - cropWidth
        || top > height - cropHeight) {
      throw new IllegalArgumentException(
          "a crop of %dx%d at (%d, %d) does not lie in %dx%d pixels"
              .formatted(cropWidth, cropHeight, left, top, width, height));
    }
  }
}
