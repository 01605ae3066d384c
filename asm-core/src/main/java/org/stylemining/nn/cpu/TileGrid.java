package org.stylemining.nn.cpu;

/**
 * How a 3x3 convolution of stride 1 cuts its output into tiles of m x m pixels. With dilation d the
 * output falls into d*d sub-images of every d-th pixel, each of which is a plain convolution of the
 * same sub-image of the input, so each is tiled by itself. A row of tiles is a unit of work.
 */
public final class TileGrid {
  private final int height;
  private final int width;
  private final int dilation;
  private final int upsampling;
  private final boolean mirrored;
  private final int outputs;
  private final int[] image;
  private final int[] rowPhase;
  private final int[] columnPhase;
  private final int[] tileRow;
  private final int[] firstTile;
  private final int tiles;

  /**
   * @param batch number of images
   * @param height of the output in pixels, a multiple of {@code upsampling}
   * @param width of the output in pixels, likewise
   * @param dilation d
   * @param upsampling 1, or 2: the input is half as large and each of its pixels counts for 2x2
   * @param mirrored whether the border is the image mirrored (needs d = 1), or zeros
   * @param outputs m
   */
  public TileGrid(
      int batch,
      int height,
      int width,
      int dilation,
      int upsampling,
      boolean mirrored,
      int outputs) {
    this.height = height;
    this.width = width;
    this.dilation = dilation;
    this.upsampling = upsampling;
    this.mirrored = mirrored;
    this.outputs = outputs;
    int units = 0;
    for (int i = 0; i < dilation; i++) {
      units += batch * dilation * tilesAlong(height, i);
    }
    image = new int[units];
    rowPhase = new int[units];
    columnPhase = new int[units];
    tileRow = new int[units];
    firstTile = new int[units];
    int unit = 0;
    int tile = 0;
    for (int b = 0; b < batch; b++) {
      for (int i = 0; i < dilation; i++) {
        for (int j = 0; j < dilation; j++) {
          for (int row = 0; row < tilesAlong(height, i); row++) {
            image[unit] = b;
            rowPhase[unit] = i;
            columnPhase[unit] = j;
            tileRow[unit] = row;
            firstTile[unit++] = tile;
            tile += tilesAlong(width, j);
          }
        }
      }
    }
    tiles = tile;
  }

  private int tilesAlong(int size, int phase) {
    int pixels = (size - phase + dilation - 1) / dilation;
    return (Math.max(0, pixels) + outputs - 1) / outputs;
  }

  /** Number of tiles of all images. */
  public int tiles() {
    return tiles;
  }

  /** m. */
  public int outputs() {
    return outputs;
  }

  int units() {
    return image.length;
  }

  int firstTile(int unit) {
    return firstTile[unit];
  }

  int tilesOf(int unit) {
    return tilesAlong(width, columnPhase[unit]);
  }

  /**
   * Into how many groups the units fall so that those of one group read disjoint pixels:
   * neighbouring rows of tiles overlap, of an enlarged image the next but one too.
   */
  int groups() {
    return upsampling == 1 ? 2 : 3;
  }

  /** The unit's group, from 0. */
  int group(int unit) {
    return tileRow[unit] % groups();
  }

  /** Row of the k-th line of outputs of the unit, which may lie below the image. */
  int outputRow(int unit, int k) {
    return rowPhase[unit] + dilation * (outputs * tileRow[unit] + k);
  }

  /** Column of the k-th output of the unit's tile, which may lie right of the image. */
  int outputColumn(int unit, int tile, int k) {
    return columnPhase[unit] + dilation * (outputs * tile + k);
  }

  /** Index of the output pixel; -1 where it is outside of the image. */
  int outputPixel(int unit, int row, int column) {
    return row < height && column < width ? (image[unit] * height + row) * width + column : -1;
  }

  /** Index of the input's pixel that stands at a place of the padded image; -1 for a zero. */
  int inputPixel(int unit, int row, int column) {
    int y = inside(row, height);
    int x = inside(column, width);
    if (y < 0 || x < 0) {
      return -1;
    }
    return (image[unit] * (height / upsampling) + y / upsampling) * (width / upsampling)
        + x / upsampling;
  }

  private int inside(int at, int size) {
    if (at >= 0 && at < size) {
      return at;
    }
    if (!mirrored) {
      return -1;
    }
    return at == -1 ? 1 : at == size ? size - 2 : -1;
  }
}
