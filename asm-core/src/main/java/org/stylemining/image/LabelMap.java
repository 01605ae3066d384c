package org.stylemining.image;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The class of every pixel of an image.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param ids {@code height x width} train ids as unsigned bytes, row-major; {@link #IGNORE} = not
 *     labelled; not copied
 */
public record LabelMap(int width, int height, byte[] ids) implements Serializable {
  /** Train id of the pixels that count neither in a loss nor in a score. */
  public static final int IGNORE = 255;

  public LabelMap {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("a label map of " + width + "x" + height + " pixels");
    }
    if (ids.length != (long) width * height) {
      throw new IllegalArgumentException(
          "expected " + width + " x " + height + " bytes, found " + ids.length);
    }
  }

  /** A map in which every pixel is of class {@code id}. */
  public static LabelMap filled(int width, int height, int id) {
    byte[] ids = new byte[width * height];
    Arrays.fill(ids, (byte) id);
    return new LabelMap(width, height, ids);
  }

  /** The train id 0..255 at column {@code x} of row {@code y}. */
  public int at(int x, int y) {
    return ids[y * width + x] & 0xFF;
  }

  /** The map seen in a mirror: left and right swapped. */
  public LabelMap mirrored() {
    byte[] out = new byte[ids.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        out[y * width + width - 1 - x] = ids[y * width + x];
      }
    }
    return new LabelMap(width, height, out);
  }

  /**
   * The part of {@code width x height} pixels whose top left corner is at ({@code left}, {@code
   * top}).
   */
  public LabelMap crop(int left, int top, int width, int height) {
    Bounds.checkCrop(this.width, this.height, left, top, width, height);
    byte[] out = new byte[width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(ids, (top + y) * this.width + left, out, y * width, width);
    }
    return new LabelMap(width, height, out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelMap map
        && map.width == width
        && map.height == height
        && Arrays.equals(map.ids, ids);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return "LabelMap[" + width + "x" + height + "]";
  }
}
