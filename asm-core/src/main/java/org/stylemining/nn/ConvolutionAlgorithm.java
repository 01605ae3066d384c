package org.stylemining.nn;

/**
 * One way to compute a convolution of stride 1 and "same" size; the weights are the layer's. Serves
 * one forward pass at a time, like a {@link Layer}.
 */
interface ConvolutionAlgorithm {
  /** Convolution, bias and ReLU; in training x is kept until {@link #backward}. */
  FeatureMap forward(FeatureMap x, boolean training);

  /**
   * Adds to the weights' gradient, where they have one.
   *
   * @param dy gradient behind the sums (ReLU and bias are done with), taken over
   * @return gradient at x, or null where it is not wanted
   */
  FeatureMap backward(FeatureMap dy, boolean inputGradient);

  /** What computed the last forward pass, for benchmarks. */
  String forwardName();

  /** What computes the backward pass of it. */
  String backwardName();
}
