package org.stylemining.bench;

/**
 * The extent of one mining step.
 *
 * @param batch source images; the task network sees twice as many
 * @param height of an image in pixels
 * @param width of an image in pixels
 */
public record StepSize(int batch, int height, int width) {
  /** The least that the dilated classifier and the mirrored borders can work on. */
  private static final int LEAST = 32;

  /**
   * @throws IllegalArgumentException where the extent is too small
   */
  public StepSize {
    if (batch < 1) {
      throw new IllegalArgumentException("batch: expected at least 1 image, found " + batch);
    }
    if (height < LEAST || width < LEAST) {
      throw new IllegalArgumentException(
          "height, width: expected at least %d pixels, found %d x %d"
              .formatted(LEAST, width, height));
    }
  }
}
