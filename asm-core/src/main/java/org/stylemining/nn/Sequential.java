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
      FeatureMap in = y;
      FeatureMap next =
          buffers
              .probe()
              .pass(layer, LayerProbe.Pass.FORWARD, in, () -> layer.forward(in, training));
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
      Layer layer = layers.get(i);
      FeatureMap behind = gradient;
      boolean wanted = i > 0 || inputGradient;
      gradient =
          buffers
              .probe()
              .pass(layer, LayerProbe.Pass.BACKWARD, behind, () -> layer.backward(behind, wanted));
      // The last result is the caller's.
      if (i < layers.size() - 1) {
        buffers.give(results.get(i));
      }
    }
    results.clear();
    return gradient;
  }
}
