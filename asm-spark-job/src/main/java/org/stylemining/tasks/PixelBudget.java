package org.stylemining.tasks;

import java.util.concurrent.Semaphore;
import org.stylemining.image.UnreadableImage;

/**
 * How many pixels the tasks of a JVM hold at the same time: large images wait for each other
 * instead of exhausting the heap.
 */
public final class PixelBudget {
  /**
   * Bytes of heap a pixel takes at most on its way from file to files: a CMYK JPEG while it is
   * decoded has 4 of raster, 16 of inks and 3 of RGB.
   */
  private static final int BYTES_PER_PIXEL = 24;

  /** Share of the heap that may be pixels. */
  private static final double SHARE = 0.6;

  private static final int PIXELS_PER_PERMIT = 1024;

  private static final PixelBudget JVM =
      new PixelBudget((long) (SHARE * Runtime.getRuntime().maxMemory() / BYTES_PER_PIXEL));

  private final int all;
  private final Semaphore free;

  PixelBudget(long pixels) {
    all = (int) Math.max(1, Math.min(Integer.MAX_VALUE, pixels / PIXELS_PER_PERMIT));
    // Fair, or a large image would wait for ever behind small ones.
    free = new Semaphore(all, true);
  }

  /** This JVM's. */
  public static PixelBudget ofJvm() {
    return JVM;
  }

  /** Whether so many pixels would fit if no other image were held. */
  boolean fits(long pixels) {
    return permits(pixels) <= all;
  }

  /** Millions of pixels that fit. */
  long megapixels() {
    return (long) all * PIXELS_PER_PERMIT / 1_000_000;
  }

  /**
   * Checks that so many pixels would fit if no other image were held.
   *
   * @throws UnreadableImage where they would not, with what to do
   */
  public void requireFits(long pixels) throws UnreadableImage {
    if (!fits(pixels)) {
      throw new UnreadableImage(
          "an image of %d megapixels; the heap of this executor has room for %d (spark.executor.memory, or --driver-memory with a local master)"
              .formatted(pixels / 1_000_000, megapixels()));
    }
  }

  /** Takes pixels where that many are free now. A task that holds others must not wait for more. */
  public boolean tryTake(long pixels) {
    return free.tryAcquire((int) permits(pixels));
  }

  /** Waits for pixels; only for a task that holds none. */
  public void take(long pixels) throws InterruptedException {
    free.acquire((int) permits(pixels));
  }

  public void giveBack(long pixels) {
    free.release((int) permits(pixels));
  }

  private static long permits(long pixels) {
    return (pixels + PIXELS_PER_PERMIT - 1) / PIXELS_PER_PERMIT;
  }
}
