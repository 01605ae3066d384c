package org.stylemining.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A batch of feature maps, channels last: {@code rows} is a 'c'-ordered matrix [batch * height *
 * width, channels].
 *
 * @param rows one row per pixel, images one after another
 * @param batch number of images
 * @param height in pixels
 * @param width in pixels
 */
public record FeatureMap(INDArray rows, int batch, int height, int width) {

  public FeatureMap {
    if (rows.rank() != 2 || rows.size(0) != (long) batch * height * width) {
      throw new IllegalArgumentException(
          "expected rows [%d*%d*%d, C], found %s"
              .formatted(batch, height, width, java.util.Arrays.toString(rows.shape())));
    }
  }

  /** Number of channels. */
  public int channels() {
    return (int) rows.size(1);
  }

  /** Number of pixels of the whole batch. */
  public long pixels() {
    return rows.size(0);
  }

  /** Number of pixels of one image. */
  public long imagePixels() {
    return (long) height * width;
  }

  /** The same values as [batch, height, width, channels]. */
  public INDArray cube() {
    return rows.reshape('c', batch, height, width, channels());
  }

  /** The same extent with other rows. */
  public FeatureMap with(INDArray otherRows) {
    return new FeatureMap(otherRows, batch, height, width);
  }

  /** Image {@code i} alone, a view. */
  public FeatureMap image(int i) {
    return images(i, 1);
  }

  /** Images {@code first} to {@code first + count - 1}, a view. */
  public FeatureMap images(int first, int count) {
    return new FeatureMap(
        Kernels.rows(rows, first * imagePixels(), count * imagePixels()), count, height, width);
  }
}
