package org.stylemining.task;

import org.stylemining.config.ModelConfig;

/**
 * How large a task network is, known without making it.
 *
 * @param parameters number of them, statistics included
 * @param valuesPerPixel outputs of convolutions and batch-norms for each pixel of the input image,
 *     which a training step keeps for its backward pass
 * @param attention whether position attention compares all pixels of the last features with each
 *     other
 */
public record NetworkExtent(long parameters, double valuesPerPixel, boolean attention) {
  /** Pixels of the image for each pixel of DeepLab-v2's last features, on a side. */
  public static final int STRIDE = 8;

  private static final int[] PLANES = {64, 128, 256, 512};

  /** Pixels of the image for each pixel behind the stem and within each stage. */
  private static final double STEM = 4;

  private static final double POOLED = 16;
  private static final double[] STAGES = {16, 64, 64, 64};

  /** Pixels of the image for each pixel within each stage of the classifier of whole images. */
  private static final double[] CLASSIFIER_STAGES = {16, 64, 256, 1024};

  /** The extent of the network that a configuration describes. */
  public static NetworkExtent of(ModelConfig model, int classes) {
    return switch (model.network()) {
      case DEEPLAB_V2 -> of(Architecture.of(model, classes));
      case RESNET18 -> ofClassifier(classes, model.width());
    };
  }

  /** The extent of a {@link ResNet18}. */
  static NetworkExtent ofClassifier(int classes, double width) {
    Sum sum = new Sum();
    int channels = Architecture.scaled(PLANES[0], width);
    sum.convolution(3, channels, 7, STEM);
    sum.values += channels / POOLED;
    for (int stage = 0; stage < PLANES.length; stage++) {
      int planes = Architecture.scaled(PLANES[stage], width);
      double pixels = CLASSIFIER_STAGES[stage];
      sum.convolution(channels, planes, 3, pixels);
      sum.convolution(planes, planes, 3, pixels);
      if (stage > 0) {
        sum.convolution(channels, planes, 1, pixels);
      }
      sum.convolution(planes, planes, 3, pixels);
      sum.convolution(planes, planes, 3, pixels);
      channels = planes;
    }
    sum.parameters += (channels + 1L) * classes;
    return new NetworkExtent(sum.parameters, sum.values, false);
  }

  /** The extent of a {@link DeepLabV2}. */
  public static NetworkExtent of(Architecture architecture) {
    Sum sum = new Sum();
    int channels = architecture.channels(64);
    sum.convolution(3, channels, 7, STEM);
    sum.values += channels / POOLED;
    boolean bottleneck = architecture.bottleneck();
    for (int stage = 0; stage < PLANES.length; stage++) {
      int planes = architecture.channels(PLANES[stage]);
      int out = bottleneck ? 4 * planes : planes;
      double pixels = STAGES[stage];
      for (int i = 0; i < architecture.blocks(stage); i++) {
        if (bottleneck) {
          sum.convolution(channels, planes, 1, pixels);
          sum.convolution(planes, planes, 3, pixels);
          sum.convolution(planes, out, 1, pixels);
        } else {
          sum.convolution(channels, planes, 3, pixels);
          sum.convolution(planes, planes, 3, pixels);
        }
        if (i == 0 && (bottleneck || stage > 0)) {
          sum.convolution(channels, out, 1, pixels);
        }
        channels = out;
      }
    }
    int classes = architecture.classes();
    sum.parameters += architecture.rates().size() * (9L * channels * classes + classes);
    if (architecture.attention()) {
      int reduced = Math.max(1, channels / 8);
      sum.parameters += 2L * (channels + 1) * reduced + (channels + 1L) * channels + 1;
      sum.values += (2.0 * channels + 2 * reduced) / (STRIDE * STRIDE);
    }
    return new NetworkExtent(sum.parameters, sum.values, architecture.attention());
  }

  private static final class Sum {
    private long parameters;
    private double values;

    /** A convolution without bias, and its batch-norm. */
    private void convolution(int in, int out, int kernel, double pixels) {
      parameters += (long) kernel * kernel * in * out + 4L * out;
      values += 2 * out / pixels;
    }
  }
}
