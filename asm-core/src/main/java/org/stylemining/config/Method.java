package org.stylemining.config;

/** How the task network is trained ({@code training.method}). */
public enum Method implements Word {
  /** Adversarial style mining. */
  ASM,
  /** Source images as they are: the lower baseline. */
  SOURCE_ONLY,
  /**
   * Source images with the mean and the standard deviation of each colour channel of an anchor: the
   * simplest use of a target image, which mining has to beat.
   */
  COLOUR_STATISTICS,
  /**
   * Labelled images of the target, {@code data.supervised}, as they are: what could be had with
   * labels.
   */
  SUPERVISED;

  /** Whether the method knows the target by its anchor images. */
  public boolean usesAnchors() {
    return this == ASM || this == COLOUR_STATISTICS;
  }

  /** Whether the method needs a style generator. */
  public boolean usesGenerator() {
    return this == ASM;
  }
}
