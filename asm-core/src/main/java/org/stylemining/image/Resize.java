package org.stylemining.image;

/** Resizing as PIL's {@code Image.resize} does it, bit for bit. */
public final class Resize {
  private Resize() {}

  /**
   * Bicubic resampling (a = -0.5), which averages over the covered pixels when it shrinks ({@code
   * Image.BICUBIC}).
   *
   * @return an image of {@code width x height} pixels; the image itself if it has that size
   */
  public static RgbImage bicubic(RgbImage image, int width, int height) {
    return image.width() == width && image.height() == height
        ? image
        : BicubicFilter.apply(image, width, height, 0, 0, width, height);
  }

  /**
   * A part of {@code bicubic(image, width, height)}, for the work of that part.
   *
   * @param left first column of the part
   * @param top first row of the part
   * @param partWidth columns of the part
   * @param partHeight rows of the part
   */
  public static RgbImage bicubicPart(
      RgbImage image, int width, int height, int left, int top, int partWidth, int partHeight) {
    Bounds.checkCrop(width, height, left, top, partWidth, partHeight);
    return BicubicFilter.apply(image, width, height, left, top, partWidth, partHeight);
  }

  /**
   * The label nearest to each pixel's centre ({@code Image.NEAREST}).
   *
   * @return a map of {@code width x height} pixels; the map itself if it has that size
   */
  public static LabelMap nearest(LabelMap labels, int width, int height) {
    if (labels.width() == width && labels.height() == height) {
      return labels;
    }
    int[] columns = nearestIndices(labels.width(), width);
    int[] rows = nearestIndices(labels.height(), height);
    byte[] out = new byte[width * height];
    for (int y = 0; y < height; y++) {
      int source = rows[y] * labels.width();
      for (int x = 0; x < width; x++) {
        out[y * width + x] = labels.ids()[source + columns[x]];
      }
    }
    return new LabelMap(width, height, out);
  }

  /** PIL adds the scale up pixel by pixel; multiplying instead rounds differently at ties. */
  private static int[] nearestIndices(int from, int to) {
    int[] indices = new int[to];
    double scale = (double) from / to;
    double position = scale * 0.5;
    for (int i = 0; i < to; i++) {
      indices[i] = Math.min((int) position, from - 1);
      position += scale;
    }
    return indices;
  }
}
