package org.stylemining.task;

import java.util.List;
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
    BatchNorm.Options norm) {

  /** Residual networks of He et al., 2016. */
  public enum Backbone {
    RESNET18(false, 2, 2, 2, 2),
    RESNET50(true, 3, 4, 6, 3),
    RESNET101(true, 3, 4, 23, 3);

    private final boolean bottleneck;
    private final int[] blocks;

    Backbone(boolean bottleneck, int... blocks) {
      this.bottleneck = bottleneck;
      this.blocks = blocks;
    }

    boolean bottleneck() {
      return bottleneck;
    }

    int blocks(int stage) {
      return blocks[stage];
    }
  }

  public Architecture {
    rates = List.copyOf(rates);
    if (width <= 0 || width > 1 || classes < 2 || rates.isEmpty()) {
      throw new IllegalArgumentException(
          "expected 0 < width <= 1, at least 2 classes and one rate, found %s, %d, %s"
              .formatted(width, classes, rates));
    }
  }

  /** Channels of a stage of {@code full} channels at this width. */
  int channels(int full) {
    return Math.max(1, (int) Math.round(full * width));
  }
}
