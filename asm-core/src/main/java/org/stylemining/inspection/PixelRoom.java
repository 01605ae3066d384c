package org.stylemining.inspection;

import org.stylemining.image.UnreadableImage;

/** Room on the heap for images that are decoded. */
public interface PixelRoom {
  /**
   * Waits for room.
   *
   * @throws UnreadableImage where there is never so much
   */
  void take(long pixels) throws UnreadableImage, InterruptedException;

  /** Gives it back. */
  void giveBack(long pixels);
}
