package org.stylemining.nn.cpu;

import org.slf4j.LoggerFactory;

/**
 * Loops over lines of floats. Both kinds round alike (a product and a sum are one operation, {@link
 * Math#fma}), so that results do not depend on which is used.
 */
interface Lines {
  /** Those with vector instructions where Java's vector module is there, else plain ones. */
  Lines BEST = best();

  private static Lines best() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      return new VectorLines();
    }
    LoggerFactory.getLogger(Lines.class)
        .warn(
            "training steps take longer than need be: start Java with --add-modules jdk.incubator.vector");
    return new PlainLines();
  }

  /** y += x. */
  void add(float[] x, int xAt, float[] y, int yAt, int n);

  /** y = max(y, 0). */
  void relu(float[] y, int at, int n);

  /** y = y where gate > 0, else 0. */
  void mask(float[] gate, float[] y, int n);

  /** x = scale * x + offset. */
  void affine(float[] x, int at, float[] scale, float[] offset, int n);

  /** d = g * d + (s * x + o). */
  void twoAffine(float[] d, float[] x, int at, float[] g, float[] s, float[] o, int n);

  /** sum += x - shift; square += (x - shift)^2. */
  void addMoments(float[] x, int at, float[] shift, float[] sum, float[] square, int n);

  /** sum += d; product += d * (x - mean). */
  void addProducts(float[] d, int at, float[] x, float[] mean, float[] sum, float[] product, int n);

  /**
   * out = sum over k of factors[k] times the line at {@code inAt + lines[k] * inStep}.
   *
   * @param factors 1 to 5
   */
  void combine(
      float[] factors, int[] lines, float[] in, int inAt, int inStep, float[] out, int o, int n);

  /**
   * SGD as PyTorch has it: v = momentum * v + (decay * theta + g); theta -= rate * v.
   *
   * @param v null without momentum
   */
  void descend(float[] theta, float[] g, float[] v, float momentum, float decay, float rate, int n);
}
