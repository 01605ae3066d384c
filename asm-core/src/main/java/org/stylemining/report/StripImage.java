package org.stylemining.report;

import java.util.Arrays;
import java.util.List;
import org.stylemining.image.RgbImage;

/** Images side by side, with small captions, as one image. */
public final class StripImage {
  /** Columns between two images, in pixels. */
  static final int GAP = 4;

  /** Reads as a margin on white and on dark pages alike. */
  private static final byte GAP_GREY = (byte) 0x80;

  private StripImage() {}

  /**
   * Images from left to right.
   *
   * @param images at least one, all of the same height
   */
  public static RgbImage of(List<RgbImage> images) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("expected images for a strip, found none");
    }
    int height = images.get(0).height();
    int width = -GAP;
    for (RgbImage image : images) {
      if (image.height() != height) {
        throw new IllegalArgumentException(
            "expected images of " + height + " rows for a strip, found " + image);
      }
      width = Math.addExact(width, image.width() + GAP);
    }
    byte[] rgb = new byte[Math.multiplyExact(3 * height, width)];
    Arrays.fill(rgb, GAP_GREY);
    int left = 0;
    for (RgbImage image : images) {
      for (int y = 0; y < height; y++) {
        System.arraycopy(
            image.rgb(), 3 * y * image.width(), rgb, 3 * (y * width + left), 3 * image.width());
      }
      left += image.width() + GAP;
    }
    return new RgbImage(width, height, rgb);
  }

  /**
   * Images from left to right, each with its caption in the upper left corner.
   *
   * @param images at least one, all of the same height
   * @param captions one for each image; an empty one is left out
   */
  public static RgbImage of(List<RgbImage> images, List<String> captions) {
    if (captions.size() != images.size()) {
      throw new IllegalArgumentException(
          "expected a caption for each of " + images.size() + " images, found " + captions.size());
    }
    RgbImage strip = of(images);
    int[] lefts = new int[images.size()];
    for (int i = 1; i < lefts.length; i++) {
      lefts[i] = lefts[i - 1] + images.get(i - 1).width() + GAP;
    }
    return Captions.draw(strip, captions, lefts);
  }
}
