package org.stylemining.adapt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.Backbone;
import org.stylemining.config.UserMistake;
import org.stylemining.data.LabelSpaces;
import org.stylemining.nn.BatchNorm;
import org.stylemining.task.Architecture;
import org.stylemining.weights.NamedTensor;

/**
 * What a DeepLab-v2 is made of, told from the names and shapes of its parameters.
 *
 * @param backbone residual network
 * @param width factor on its channel counts
 * @param classes of the classifier; 0 where there is none
 * @param branches parallel convolutions of the classifier; 0 where there is none
 * @param attention whether a position attention block is among them
 */
public record SegmentorLayout(
    Backbone backbone, double width, int classes, int branches, boolean attention) {
  static final String CLASSIFIER = "layer5.conv2d_list.";
  static final String ATTENTION = "PAM.";
  private static final String STEM = "conv1.weight";
  private static final int STAGES = 4;
  private static final int PLANES = 64;
  private static final int KERNEL_DIMENSIONS = 4;

  /**
   * Reads the layout off parameters with the names of the official model.
   *
   * @param where the file they are from, for messages
   * @throws UserMistake where they are of no such network
   */
  public static SegmentorLayout of(String where, Map<String, NamedTensor> tensors) {
    if (!tensors.containsKey(STEM)) {
      throw new UserMistake(
          "%s: expected a DeepLab-v2's parameters (%s, layer1.0.conv1.weight, ...), found %s"
              .formatted(where, STEM, first(tensors)));
    }
    int branches = 0;
    while (tensors.containsKey(CLASSIFIER + branches + ".weight")) {
      branches++;
    }
    return new SegmentorLayout(
        backbone(where, tensors),
        width(where, tensors),
        branches == 0 ? 0 : Math.toIntExact(size(where, tensors, CLASSIFIER + "0.weight")),
        branches,
        tensors.keySet().stream().anyMatch(name -> name.startsWith(ATTENTION)));
  }

  /** As a person would say it. */
  public String describe() {
    return "DeepLab-v2 on a %s of width %s, %s%s"
        .formatted(
            backbone.word(),
            width,
            branches == 0
                ? "no classifier"
                : "%d classes, %d parallel classifiers".formatted(classes, branches),
            attention ? ", attention" : "");
  }

  /** The network of this layout; the classifiers' dilations are no parameters and stay open. */
  Architecture architecture() {
    return new Architecture(
        backbone,
        width,
        classes,
        IntStream.rangeClosed(1, branches).boxed().toList(),
        attention,
        new BatchNorm.Options(false, false, 0));
  }

  /**
   * Checks that weights of this layout are those of a configuration's network.
   *
   * @param where the weights' file or folder, for messages
   * @throws UserMistake with every key that differs
   */
  public void requireFit(AsmConfig config, String where) {
    List<String> differences = new ArrayList<>();
    if (backbone != config.model().backbone()) {
      differences.add(
          "model.backbone = %s, but it holds a %s"
              .formatted(config.model().backbone().word(), backbone.word()));
    }
    if (IntStream.range(0, STAGES)
        .map(stage -> PLANES << stage)
        .anyMatch(
            full ->
                WidthFactor.channels(full, width)
                    != WidthFactor.channels(full, config.model().width()))) {
      differences.add(
          "model.width = %s, but it has width %s".formatted(config.model().width(), width));
    }
    if (attention != config.model().attention()) {
      differences.add(
          "model.attention = %s, but it has %s attention block"
              .formatted(config.model().attention(), attention ? "an" : "no"));
    }
    if (branches != config.model().rates().size()) {
      differences.add(
          "model.rates = %s, %d of them, but it has %d parallel classifiers"
              .formatted(config.model().rates(), config.model().rates().size(), branches));
    }
    int configured = LabelSpaces.of(config.data()).count();
    if (classes != configured) {
      differences.add(
          "data.labels = %s has %d classes, but its classifier has %d (`import --classes %d` starts the classifier anew)"
              .formatted(config.data().labels().word(), configured, classes, configured));
    }
    if (!differences.isEmpty()) {
      throw new UserMistake(where + " is of another network: " + String.join("; ", differences));
    }
  }

  private static Backbone backbone(String where, Map<String, NamedTensor> tensors) {
    int[] blocks = new int[STAGES];
    for (int stage = 0; stage < STAGES; stage++) {
      while (tensors.containsKey("layer%d.%d.conv1.weight".formatted(stage + 1, blocks[stage]))) {
        blocks[stage]++;
      }
    }
    boolean bottleneck = tensors.containsKey("layer1.0.conv3.weight");
    String counts = Arrays.toString(blocks);
    if (bottleneck && counts.equals("[3, 4, 23, 3]")) {
      return Backbone.RESNET101;
    }
    if (bottleneck && counts.equals("[3, 4, 6, 3]")) {
      return Backbone.RESNET50;
    }
    if (!bottleneck && counts.equals("[2, 2, 2, 2]")) {
      return Backbone.RESNET18;
    }
    throw new UserMistake(
        "%s: expected the blocks of a ResNet-18 ([2, 2, 2, 2]), -50 ([3, 4, 6, 3]) or -101 ([3, 4, 23, 3]), found %s %s"
            .formatted(where, bottleneck ? "bottlenecks" : "basic blocks", counts));
  }

  private static double width(String where, Map<String, NamedTensor> tensors) {
    Map<Integer, Long> channels = new TreeMap<>();
    for (int stage = 0; stage < STAGES; stage++) {
      channels.put(
          PLANES << stage, size(where, tensors, "layer%d.0.conv1.weight".formatted(stage + 1)));
    }
    return WidthFactor.of(channels)
        .orElseThrow(
            () ->
                new UserMistake(
                    "%s: expected one width of all stages, of full widths %s, found %s"
                        .formatted(where, channels.keySet(), channels.values())));
  }

  /** Output channels of a kernel. */
  private static long size(String where, Map<String, NamedTensor> tensors, String name) {
    long[] shape = tensors.get(name).shape();
    if (shape.length != KERNEL_DIMENSIONS || shape[0] < 1) {
      throw new UserMistake(
          "%s: %s should be [out, in, height, width], found %s"
              .formatted(where, name, Arrays.toString(shape)));
    }
    return shape[0];
  }

  private static List<NamedTensor> first(Map<String, NamedTensor> tensors) {
    return tensors.values().stream().limit(4).toList();
  }
}
