package org.stylemining.task;

import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Layer;
import org.stylemining.nn.ParameterStore;

/** A task network in two parts: a body that makes features z of images, and a classifier of z. */
abstract class SplitModel implements TaskModel {
  private final Parts parts;
  private final Buffers buffers;
  private final int classes;
  private FeatureMap features;

  /**
   * @param trained whether parameters get gradients
   * @param classes number of classes K
   */
  SplitModel(Parts parts, Buffers buffers, boolean trained, int classes) {
    this.parts = parts;
    this.buffers = buffers;
    this.classes = classes;
    parts.store.allocate(trained);
  }

  /**
   * @param store of the parameters of both, not allocated yet
   */
  record Parts(ParameterStore store, Layer body, Layer classifier) {}

  @Override
  public final ParameterStore parameters() {
    return parts.store;
  }

  @Override
  public final Buffers buffers() {
    return buffers;
  }

  @Override
  public final int classes() {
    return classes;
  }

  @Override
  public final FeatureMap forward(FeatureMap images, boolean training) {
    FeatureMap z = parts.body.forward(images, training);
    FeatureMap logits = parts.classifier.forward(z, training);
    if (training) {
      features = z;
    } else {
      buffers.give(z);
    }
    return logits;
  }

  @Override
  public final FeatureMap features() {
    return features;
  }

  @Override
  public final FeatureMap encode(FeatureMap images) {
    return parts.body.forward(images, false);
  }

  @Override
  public final FeatureMap backward(
      FeatureMap dLogits, FeatureMap dFeatures, boolean inputGradient) {
    FeatureMap dz = parts.classifier.backward(dLogits, true);
    if (dFeatures != null) {
      dz.rows().addi(dFeatures.rows());
      buffers.give(dFeatures);
    }
    FeatureMap dx = parts.body.backward(dz, inputGradient);
    buffers.give(features);
    features = null;
    return dx;
  }

  @Override
  public final void close() {
    parts.store.close();
  }
}
