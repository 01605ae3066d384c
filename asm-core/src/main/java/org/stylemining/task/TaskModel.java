package org.stylemining.task;

import org.stylemining.config.ModelConfig;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.ParameterStore;

/** A task network M over prepared images (BGR, mean subtracted). One instance serves one thread. */
public interface TaskModel extends AutoCloseable {
  /**
   * The network that a configuration describes, its parameters not set yet.
   *
   * @param classes number of classes K
   * @param buffers where activations come from; not closed with the network
   * @param trained whether parameters get gradients
   */
  static TaskModel of(ModelConfig model, int classes, Buffers buffers, boolean trained) {
    return switch (model.network()) {
      case DEEPLAB_V2 -> new DeepLabV2(Architecture.of(model, classes), buffers, trained);
      case RESNET18 ->
          new ResNet18(classes, model.width(), Architecture.norm(model), buffers, trained);
    };
  }

  ParameterStore parameters();

  Buffers buffers();

  /** Number of classes K. */
  int classes();

  /** Whether every pixel has a class of its own. False: an image has one class as a whole. */
  boolean labelsPixels();

  /**
   * Predictions of images [B, H, W, 3]: [B, h, w, K], not yet scaled to the image, or [B, 1, 1, K]
   * where images are labelled as a whole. The caller gives them back. When training, they and the
   * images must stay unchanged until {@link #backward}.
   */
  FeatureMap forward(FeatureMap images, boolean training);

  /**
   * z, the features of the second last layer, of the last forward pass in training; the model's
   * own.
   */
  FeatureMap features();

  /**
   * z of images [B, H, W, 3] as inference sees them: [B, h, w, C], or [B, 1, 1, C] where images are
   * labelled as a whole. The caller gives it back.
   */
  FeatureMap encode(FeatureMap images);

  /**
   * The backward pass of the last forward pass: adds to the parameters' gradients.
   *
   * @param dLogits gradient at the predictions, taken over
   * @param dFeatures gradient at z from elsewhere, taken over, or null
   * @param inputGradient whether the gradient at the images is wanted
   * @return gradient at the images, the caller's to give back, or null
   */
  FeatureMap backward(FeatureMap dLogits, FeatureMap dFeatures, boolean inputGradient);

  @Override
  void close();
}
