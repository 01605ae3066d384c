package org.stylemining.nn.cpu;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Stochastic gradient descent over vectors, each read and written once. */
public final class Descent {
  private static final Lines LINES = Lines.BEST;

  /** Values of a block, so that three of them stay in the cache. */
  private static final int BLOCK = 4096;

  private static final int PART = 64 * BLOCK;

  private Descent() {}

  /**
   * v = momentum v + (g + decay theta); theta -= rate v; g stays as it is.
   *
   * @param v null without momentum
   */
  public static void step(
      INDArray theta,
      INDArray g,
      INDArray v,
      double momentum,
      double decay,
      double rate,
      Lanes lanes) {
    HostFloats values = new HostFloats(theta);
    HostFloats gradients = new HostFloats(g);
    HostFloats velocities = v == null ? null : new HostFloats(v);
    int n = Math.toIntExact(theta.length());
    lanes.forEach(
        (n + PART - 1) / PART,
        (part, scratch) -> {
          float[] a = scratch.floats(0, BLOCK);
          float[] b = scratch.floats(1, BLOCK);
          float[] c = v == null ? null : scratch.floats(2, BLOCK);
          int end = Math.min(n, (part + 1) * PART);
          for (int at = part * PART; at < end; at += BLOCK) {
            int length = Math.min(BLOCK, end - at);
            values.read(at, a, 0, length);
            gradients.read(at, b, 0, length);
            if (velocities != null) {
              velocities.read(at, c, 0, length);
            }
            LINES.descend(a, b, c, (float) momentum, (float) decay, (float) rate, length);
            values.write(at, a, 0, length);
            if (velocities != null) {
              velocities.write(at, c, 0, length);
            }
          }
        });
  }
}
