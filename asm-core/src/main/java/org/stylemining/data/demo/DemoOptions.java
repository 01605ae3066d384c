package org.stylemining.data.demo;

/**
 * What demo data to draw.
 *
 * @param perSource images of each of the two source sets
 * @param target images of the target set, a quarter of them (at least one) in its part train, the
 *     rest in val
 * @param width of an image in pixels, at least 64
 * @param height of an image in pixels, at least 32
 * @param seed the same seed draws the same images
 */
public record DemoOptions(int perSource, int target, int width, int height, long seed) {
  public DemoOptions {
    if (perSource < 1 || target < 2) {
      throw new IllegalArgumentException(
          "%d images per source, %d target images: expected at least 1 and 2"
              .formatted(perSource, target));
    }
    if (width < 64 || height < 32) {
      throw new IllegalArgumentException(
          "images of %dx%d pixels: expected at least 64x32".formatted(width, height));
    }
  }

  /** Target images in the part train. */
  int targetTrain() {
    return Math.max(1, target / 4);
  }
}
