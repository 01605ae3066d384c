package org.stylemining.task;

import java.util.ArrayList;
import java.util.List;
import org.stylemining.nn.BatchNorm;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.Convolution;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Layer;
import org.stylemining.nn.MaxPooling;
import org.stylemining.nn.ParameterStore;
import org.stylemining.nn.Sequential;

/**
 * DeepLab-v2 (Chen et al., 2017) on a residual network of output stride 8: stem 7x7/2 and 3x3/2
 * max-pool, four stages with dilations 1, 1, 2, 4, classifier of parallel dilated convolutions.
 * Parameters have the names of the official PyTorch model.
 */
public final class DeepLabV2 implements TaskModel {
  private static final int[] PLANES = {64, 128, 256, 512};
  private static final int[] STRIDES = {1, 2, 1, 1};
  private static final int[] DILATIONS = {1, 1, 2, 4};

  private final Architecture architecture;
  private final Buffers buffers;
  private final ParameterStore store;
  private final Layer body;
  private final Layer classifier;
  private FeatureMap features;

  /**
   * @param buffers where activations come from; not closed with the network
   * @param trained whether parameters get gradients
   */
  public DeepLabV2(Architecture architecture, Buffers buffers, boolean trained) {
    this.architecture = architecture;
    this.buffers = buffers;
    store = new ParameterStore(buffers.type());
    BatchNorm.Options norm = architecture.norm();
    int channels = architecture.channels(64);
    List<Layer> layers = new ArrayList<>();
    layers.add(
        Convolution.same(
            store,
            buffers,
            "conv1",
            3,
            channels,
            7,
            2,
            1,
            Convolution.Padding.ZERO,
            Convolution.Options.BARE));
    layers.add(new BatchNorm(store, buffers, "bn1", channels, true, norm));
    layers.add(new MaxPooling(buffers, 3, 1));
    boolean bottleneck = architecture.bottleneck();
    for (int stage = 0; stage < PLANES.length; stage++) {
      int planes = architecture.channels(PLANES[stage]);
      int out = bottleneck ? 4 * planes : planes;
      for (int i = 0; i < architecture.blocks(stage); i++) {
        String name = "layer" + (stage + 1) + "." + i;
        int stride = i == 0 ? STRIDES[stage] : 1;
        boolean project = bottleneck ? i == 0 : stride != 1 || channels != out;
        // A strided basic block belongs to a stage of dilation 1.
        layers.add(
            bottleneck
                ? ResidualBlock.bottleneck(
                    store, buffers, name, channels, planes, stride, DILATIONS[stage], project, norm)
                : ResidualBlock.basic(
                    store,
                    buffers,
                    name,
                    channels,
                    planes,
                    stride,
                    DILATIONS[stage],
                    project,
                    norm));
        channels = out;
      }
    }
    body = new Sequential(buffers, layers);
    List<Layer> head = new ArrayList<>();
    if (architecture.attention()) {
      head.add(new PositionAttention(store, buffers, "PAM", channels));
    }
    head.add(
        new AtrousClassifier(
            store, buffers, channels, architecture.classes(), architecture.rates()));
    classifier = new Sequential(buffers, head);
    store.allocate(trained);
  }

  @Override
  public ParameterStore parameters() {
    return store;
  }

  @Override
  public Buffers buffers() {
    return buffers;
  }

  @Override
  public int classes() {
    return architecture.classes();
  }

  @Override
  public boolean labelsPixels() {
    return true;
  }

  @Override
  public FeatureMap forward(FeatureMap images, boolean training) {
    FeatureMap z = body.forward(images, training);
    FeatureMap logits = classifier.forward(z, training);
    if (training) {
      features = z;
    } else {
      buffers.give(z);
    }
    return logits;
  }

  @Override
  public FeatureMap features() {
    return features;
  }

  @Override
  public FeatureMap encode(FeatureMap images) {
    return body.forward(images, false);
  }

  @Override
  public FeatureMap backward(FeatureMap dLogits, FeatureMap dFeatures, boolean inputGradient) {
    FeatureMap dz = classifier.backward(dLogits, true);
    if (dFeatures != null) {
      dz.rows().addi(dFeatures.rows());
      buffers.give(dFeatures);
    }
    FeatureMap dx = body.backward(dz, inputGradient);
    buffers.give(features);
    features = null;
    return dx;
  }

  @Override
  public void close() {
    store.close();
  }
}
