package org.stylemining.nn;

import java.util.ArrayList;
import java.util.List;

/** Layers one after another. Activations are given back as soon as nothing needs them. */
public final class Sequential implements Layer {
  private final Buffers buffers;
  private final List<Layer> layers;
  private final List<FeatureMap> results = new ArrayList<>();

  public Sequential(Buffers buffers, List<? extends Layer> layers) {
    this.buffers = buffers;
    this.layers = List.copyOf(layers);
  }

  @Override
  public FeatureMap forward(FeatureMap x, boolean training) {
    results.clear();
    FeatureMap y = x;
    for (Layer layer : layers) {
      FeatureMap next = layer.forward(y, training);
      if (training) {
        results.add(next);
      } else if (y != x
          && y.rows().data().platformAddress() != next.rows().data().platformAddress()) {
        buffers.give(y);
      }
      y = next;
    }
    return y;
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    FeatureMap gradient = dy;
    for (int i = layers.size() - 1; i >= 0; i--) {
      gradient = layers.get(i).backward(gradient, i > 0 || inputGradient);
      // The last result is the caller's.
      if (i < layers.size() - 1) {
        buffers.give(results.get(i));
      }
    }
    results.clear();
    return gradient;
  }
}
