package org.stylemining.task;

import java.io.Serializable;
import java.util.List;
import org.stylemining.config.Affine;
import org.stylemining.config.Backbone;
import org.stylemining.config.ModelConfig;
import org.stylemining.config.Statistics;
import org.stylemining.nn.BatchNorm;

/**
 * What a DeepLab-v2 is made of.
 *
 * @param backbone residual network, output stride 8
 * @param width factor on all channel counts of the backbone
 * @param classes number of classes K
 * @param rates dilations of the parallel classifiers
 * @param attention whether a position attention block precedes the classifier
 * @param norm how batch-norm trains
 */
public record Architecture(
    Backbone backbone,
    double width,
    int classes,
    List<Integer> rates,
    boolean attention,
    BatchNorm.Options norm)
    implements Serializable {

  public Architecture {
    rates = List.copyOf(rates);
    if (width <= 0 || width > 1 || classes < 2 || rates.isEmpty()) {
      throw new IllegalArgumentException(
          "expected 0 < width <= 1, at least 2 classes and one rate, found %s, %d, %s"
              .formatted(width, classes, rates));
    }
  }

  /** The network that a configuration describes, for so many classes. */
  public static Architecture of(ModelConfig model, int classes) {
    return new Architecture(
        model.backbone(), model.width(), classes, model.rates(), model.attention(), norm(model));
  }

  /** How batch-norm trains in the network that a configuration describes. */
  static BatchNorm.Options norm(ModelConfig model) {
    return new BatchNorm.Options(
        model.batchNorm().affine() == Affine.TRAINED,
        model.batchNorm().statistics() == Statistics.BATCH,
        model.batchNorm().momentum());
  }

  /** Whether blocks are bottlenecks, with four times the channels at their end. */
  boolean bottleneck() {
    return backbone != Backbone.RESNET18;
  }

  /** Number of blocks of a stage, 0..3 (He et al., 2016). */
  int blocks(int stage) {
    return switch (backbone) {
      case RESNET18 -> 2;
      case RESNET50 -> new int[] {3, 4, 6, 3}[stage];
      case RESNET101 -> new int[] {3, 4, 23, 3}[stage];
    };
  }

  /** Channels of a stage of {@code full} channels at this width. */
  int channels(int full) {
    return scaled(full, width);
  }

  /** So many channels times the width factor, at least one. */
  static int scaled(int channels, double width) {
    return Math.max(1, (int) Math.round(channels * width));
  }
}
