package org.stylemining.task;

import java.util.ArrayList;
import java.util.List;
import org.stylemining.nn.BatchNorm;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.Convolution;
import org.stylemining.nn.Layer;
import org.stylemining.nn.MaxPooling;
import org.stylemining.nn.ParameterStore;
import org.stylemining.nn.Sequential;

/**
 * DeepLab-v2 (Chen et al., 2017) on a residual network of output stride 8: stem 7x7/2 and 3x3/2
 * max-pool, four stages with dilations 1, 1, 2, 4, classifier of parallel dilated convolutions.
 * Parameters have the names of the official PyTorch model.
 */
public final class DeepLabV2 extends SplitModel {
  private static final int[] PLANES = {64, 128, 256, 512};
  private static final int[] STRIDES = {1, 2, 1, 1};
  private static final int[] DILATIONS = {1, 1, 2, 4};

  /**
   * @param buffers where activations come from; not closed with the network
   * @param trained whether parameters get gradients
   */
  public DeepLabV2(Architecture architecture, Buffers buffers, boolean trained) {
    super(parts(architecture, buffers), buffers, trained, architecture.classes());
  }

  private static Parts parts(Architecture architecture, Buffers buffers) {
    ParameterStore store = new ParameterStore(buffers.type());
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
    List<Layer> head = new ArrayList<>();
    if (architecture.attention()) {
      head.add(new PositionAttention(store, buffers, "PAM", channels));
    }
    head.add(
        new AtrousClassifier(
            store, buffers, channels, architecture.classes(), architecture.rates()));
    return new Parts(store, new Sequential(buffers, layers), new Sequential(buffers, head));
  }

  @Override
  public boolean labelsPixels() {
    return true;
  }
}
