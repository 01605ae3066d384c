package org.stylemining.data;

/**
 * Resize, scale, crop, mirror, in this order. What is random depends on (seed, position) alone, so that a sample looks the
 * same wherever it is read.
 *
 * @param seed of the run
 * @param resizeWidth pixels
 * @param resizeHeight pixels
 * @param scaleMin smallest factor on the resized image (> 0)
 * @param scaleMax largest factor
 * @param cropWidth pixels
 * @param cropHeight pixels
 * @param mirror whether half of the samples are mirrored
 */
public record Augmentation(
    long seed,
    int resizeWidth,
    int resizeHeight,
    double scaleMin,
    double scaleMax,
    int cropWidth,
    int cropHeight,
    boolean mirror) {

  /** The sample at {@code position} of the training order, {@code cropWidth x cropHeight} pixels. */
  public LabelledImage apply(LabelledImage sample, long position) {
    throw new UnsupportedOperationException("not built yet");
  }
}
