package org.stylemining.task;

import java.util.ArrayList;
import java.util.List;
import org.stylemining.nn.BatchNorm;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.Convolution;
import org.stylemining.nn.GlobalMean;
import org.stylemining.nn.Layer;
import org.stylemining.nn.MaxPooling;
import org.stylemining.nn.Parameter;
import org.stylemining.nn.ParameterStore;
import org.stylemining.nn.PointwiseConvolution;
import org.stylemining.nn.Sequential;

/**
 * ResNet-18 (He et al., 2016), which labels images as a whole: stem 7x7/2 and 3x3/2 max-pool, four
 * stages of two basic blocks with strides 1, 2, 2, 2, mean over all pixels, linear classifier.
 * Predictions are [B, 1, 1, K], features [B, 1, 1, 512 * width] behind the mean. Parameters have
 * the names of torchvision's model.
 */
public final class ResNet18 extends SplitModel {
  private static final int[] PLANES = {64, 128, 256, 512};
  private static final int[] STRIDES = {1, 2, 2, 2};
  private static final int BLOCKS = 2;

  /**
   * @param classes number of classes K, at least 2
   * @param width factor on all channel counts, in (0, 1]
   * @param norm how batch-norm trains
   * @param buffers where activations come from; not closed with the network
   * @param trained whether parameters get gradients
   */
  public ResNet18(
      int classes, double width, BatchNorm.Options norm, Buffers buffers, boolean trained) {
    super(parts(classes, width, norm, buffers), buffers, trained, classes);
  }

  private static Parts parts(int classes, double width, BatchNorm.Options norm, Buffers buffers) {
    if (!(width > 0 && width <= 1) || classes < 2) {
      throw new IllegalArgumentException(
          "expected 0 < width <= 1 and at least 2 classes, found %s and %d"
              .formatted(width, classes));
    }
    ParameterStore store = new ParameterStore(buffers.type());
    int channels = Architecture.scaled(PLANES[0], width);
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
    layers.add(new MaxPooling(buffers, 3, 1, MaxPooling.Rounding.FLOOR));
    for (int stage = 0; stage < PLANES.length; stage++) {
      int planes = Architecture.scaled(PLANES[stage], width);
      for (int i = 0; i < BLOCKS; i++) {
        int stride = i == 0 ? STRIDES[stage] : 1;
        layers.add(
            ResidualBlock.basic(
                store,
                buffers,
                "layer" + (stage + 1) + "." + i,
                channels,
                planes,
                stride,
                1,
                stride != 1,
                norm));
        channels = planes;
      }
    }
    layers.add(new GlobalMean(buffers));
    Layer classifier =
        PointwiseConvolution.linear(
            store,
            buffers,
            "fc",
            channels,
            classes,
            Convolution.Options.BIAS.as(Parameter.Role.CLASSIFIER));
    return new Parts(store, new Sequential(buffers, layers), classifier);
  }

  @Override
  public boolean labelsPixels() {
    return false;
  }
}
