package org.stylemining.adapt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.config.UserMistake;
import org.stylemining.nn.BatchNorm;
import org.stylemining.nn.Buffers;
import org.stylemining.task.ResNet18;
import org.stylemining.weights.NamedTensor;
import org.stylemining.weights.ParameterShapes;

/**
 * A ResNet-18 that labels images as a whole, from parameters with the names of torchvision's model.
 *
 * @param layout what the network is made of
 * @param tensors all its parameters and running statistics
 * @param fresh names of those that were drawn, with the seed
 * @param report for people
 */
public record ClassifierImport(
    ClassifierLayout layout, List<NamedTensor> tensors, List<String> fresh, ImportReport report) {
  private static final List<String> PARTS =
      List.of("conv1", "bn1", "layer1", "layer2", "layer3", "layer4", "fc");

  private static final String STEM = "conv1.weight";
  private static final int COLOURS = 3;

  /** Deviations of ImageNet's colours, R, G, B, by which torchvision's networks divide. */
  private static final double[] DEVIATION = {0.229, 0.224, 0.225};

  /**
   * What the network is to have.
   *
   * @param classes of the classifier; one of another count is drawn anew. Empty: as it is found
   * @param torchvision whether it was trained on RGB 0..1, less a mean and divided by {@link
   *     #DEVIATION}; else on BGR 0..255 less a mean, as networks here are
   * @param seed of what is drawn
   */
  public record Options(OptionalInt classes, boolean torchvision, long seed) {}

  /**
   * Takes what belongs to the network.
   *
   * @param where the file's name, for messages
   * @param found all tensors of the file
   * @throws UserMistake where they are of no such network, or one is missing or of another shape
   */
  public static ClassifierImport of(String where, Map<String, NamedTensor> found, Options options) {
    List<String> leftOut = new ArrayList<>();
    Map<String, NamedTensor> own = PublishedTensors.own(where, found, PARTS, leftOut);
    ClassifierLayout stored = ClassifierLayout.of(where, own.isEmpty() ? found : own);
    ClassifierLayout layout =
        new ClassifierLayout(stored.width(), options.classes().orElse(stored.classes()));
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        ResNet18 model =
            new ResNet18(
                layout.classes(),
                layout.width(),
                new BatchNorm.Options(true, true, 0),
                buffers,
                false)) {
      Map<String, NamedTensor> given = new LinkedHashMap<>(own);
      List<String> fresh = new ArrayList<>();
      List<String> notes = new ArrayList<>();
      if (layout.classes() != stored.classes()) {
        own.keySet().removeIf(name -> PublishedTensors.firstWord(name).equals("fc"));
        leftOut.add(
            "fc, a classifier of %d classes, where %d are asked for"
                .formatted(stored.classes(), layout.classes()));
        model.parameters().initialise(options.seed());
        for (String name : List.of("fc.weight", "fc.bias")) {
          given.put(name, PublishedTensors.of(model.parameters().get(name)));
          fresh.add(name);
        }
        notes.add("fc (2 tensors), drawn with seed %d, not trained yet".formatted(options.seed()));
      }
      ParameterShapes shapes = new ParameterShapes(ParameterTensors.shapes(model.parameters()));
      shapes.check(where, given);
      if (options.torchvision()) {
        given.put(STEM, forBgrOf255(given.get(STEM)));
      }
      return new ClassifierImport(
          layout,
          shapes.shapes().keySet().stream().map(given::get).toList(),
          List.copyOf(fresh),
          ImportReport.of(layout.describe(), own.values(), leftOut, notes));
    }
  }

  /** The parts that were drawn; none where all was found. */
  public List<String> freshParts() {
    return fresh.isEmpty() ? List.of() : List.of("fc");
  }

  /**
   * The stem [out, 3, height, width] for colours in the other order, each 255 * deviation times as
   * large. The means that are taken off differ by less than 1 of 255 levels and stay as they are.
   */
  private static NamedTensor forBgrOf255(NamedTensor stem) {
    int taps = Math.toIntExact(stem.shape()[2] * stem.shape()[3]);
    float[] values = new float[stem.data().length];
    for (int i = 0; i < values.length; i++) {
      int colour = i / taps % COLOURS;
      int to = i + (COLOURS - 1 - 2 * colour) * taps;
      values[to] = (float) (stem.data()[i] / (255 * DEVIATION[colour]));
    }
    return new NamedTensor(stem.name(), stem.shape(), values);
  }
}
