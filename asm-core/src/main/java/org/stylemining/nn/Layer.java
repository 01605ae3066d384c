package org.stylemining.nn;

import java.util.Optional;

/**
 * A differentiable map between feature maps. A layer remembers what its backward pass needs, so one
 * layer serves one forward pass at a time.
 */
public interface Layer {
  /**
   * Applies the layer. The result is the caller's to give back; it may share x's buffer. When
   * {@code training}, x and the result must stay unchanged until {@link #backward}.
   */
  FeatureMap forward(FeatureMap x, boolean training);

  /**
   * The backward pass of the last forward pass in training: adds to the gradients of the parameters
   * that have one.
   *
   * @param dy gradient at the result; the layer takes it over (overwrites it, gives it back)
   * @param inputGradient whether the gradient at x is wanted
   * @return gradient at x, the caller's to give back; null where it is not wanted
   */
  FeatureMap backward(FeatureMap dy, boolean inputGradient);

  /** What it computes and how; empty where it is made of other layers. */
  default Optional<LayerWork> work() {
    return Optional.empty();
  }
}
