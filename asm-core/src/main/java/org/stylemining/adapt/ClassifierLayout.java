package org.stylemining.adapt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.UserMistake;
import org.stylemining.data.LabelSpaces;
import org.stylemining.weights.NamedTensor;

/**
 * What a ResNet-18 that labels images as a whole is made of, told from the names and shapes of its
 * parameters.
 *
 * @param width factor on its channel counts
 * @param classes of the classifier
 */
public record ClassifierLayout(double width, int classes) {
  /** The kernel of the classifier, [classes, channels]. */
  static final String CLASSIFIER = "fc.weight";

  private static final int STAGES = 4;
  private static final int PLANES = 64;

  /** Whether the parameters are those of a classifier of whole images. */
  static boolean isIn(Map<String, NamedTensor> tensors) {
    return tensors.containsKey(CLASSIFIER);
  }

  /**
   * Reads the layout off parameters with the names of torchvision's model.
   *
   * @param where the file they are from, for messages
   * @throws UserMistake where they are of no such network
   */
  public static ClassifierLayout of(String where, Map<String, NamedTensor> tensors) {
    if (!isIn(tensors)
        || tensors.get(CLASSIFIER).shape().length != 2
        || tensors.containsKey("layer1.0.conv3.weight")
        || !tensors.containsKey("layer4.1.conv2.weight")) {
      throw new UserMistake(
          "%s: expected a ResNet-18's parameters (conv1.weight, layer1.0.conv1.weight, ..., %s), found %s"
              .formatted(where, CLASSIFIER, tensors.values().stream().limit(4).toList()));
    }
    Map<Integer, Long> channels = new TreeMap<>();
    for (int stage = 0; stage < STAGES; stage++) {
      NamedTensor kernel = tensors.get("layer%d.0.conv1.weight".formatted(stage + 1));
      channels.put(PLANES << stage, kernel == null ? 0 : kernel.shape()[0]);
    }
    double width =
        WidthFactor.of(channels)
            .orElseThrow(
                () ->
                    new UserMistake(
                        "%s: expected one width of all stages, of full widths %s, found %s"
                            .formatted(where, channels.keySet(), channels.values())));
    return new ClassifierLayout(width, Math.toIntExact(tensors.get(CLASSIFIER).shape()[0]));
  }

  /** As a person would say it. */
  public String describe() {
    return "ResNet-18 of width %s, %d classes of whole images".formatted(width, classes);
  }

  /**
   * Checks that weights of this layout are those of a configuration's network.
   *
   * @param where the weights' file or folder, for messages
   * @throws UserMistake with every key that differs
   */
  public void requireFit(AsmConfig config, String where) {
    List<String> differences = new ArrayList<>();
    double configured = config.model().width();
    int[] widths =
        IntStream.range(0, STAGES)
            .map(stage -> PLANES << stage)
            .filter(
                full -> WidthFactor.channels(full, width) != WidthFactor.channels(full, configured))
            .toArray();
    if (widths.length > 0) {
      differences.add("model.width = %s, but it has width %s".formatted(configured, width));
    }
    int asked = LabelSpaces.of(config.data()).count();
    if (classes != asked) {
      differences.add(
          "data.labels = %s has %d classes, but its classifier has %d"
              .formatted(LabelSpaces.of(config.data()).name(), asked, classes));
    }
    if (!differences.isEmpty()) {
      throw new UserMistake(where + " is of another network: " + String.join("; ", differences));
    }
  }
}
