package org.stylemining.adapt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.config.UserMistake;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.Parameter;
import org.stylemining.nn.ParameterStore;
import org.stylemining.task.DeepLabV2;
import org.stylemining.weights.NamedTensor;
import org.stylemining.weights.ParameterShapes;
import org.stylemining.weights.TensorFlowJsModel;

/**
 * A DeepLab-v2 from parameters with the names of the official PyTorch model, complete: what the
 * parameters do not have is drawn.
 *
 * @param layout what the network is made of
 * @param tensors all its parameters and running statistics
 * @param fresh names of those that were drawn, with the seed
 * @param report for people
 */
public record SegmentorImport(
    SegmentorLayout layout, List<NamedTensor> tensors, List<String> fresh, ImportReport report) {
  private static final int PUBLISHED_BRANCHES = 4;

  /** First words of the network's own parameters. */
  private static final List<String> PARTS =
      List.of("conv1", "bn1", "layer1", "layer2", "layer3", "layer4", "layer5", "PAM");

  /**
   * What the network is to have.
   *
   * @param classes of the classifier; one of another count is left out. Empty: as it is found
   * @param branches parallel convolutions of a classifier that is drawn. Empty: as they are found,
   *     else four, as published
   * @param attention whether an attention block is added where there is none
   * @param seed of all that is drawn
   */
  public record Options(OptionalInt classes, OptionalInt branches, boolean attention, long seed) {}

  /**
   * Takes what belongs to the network.
   *
   * @param where the file's name, for messages
   * @param found all tensors of the file
   * @throws UserMistake where they are of no such network, or one is missing or of another shape
   */
  public static SegmentorImport of(String where, Map<String, NamedTensor> found, Options options) {
    return of(where, found, options, new ArrayList<>());
  }

  /**
   * Takes Keras' residual network as the backbone; see {@link KerasResNet} for what is exact.
   *
   * @param where the file's name, for messages
   * @throws UserMistake where it is another network
   */
  public static SegmentorImport ofKeras(String where, TensorFlowJsModel model, Options options) {
    KerasResNet.Backbone backbone = KerasResNet.of(where, model);
    List<String> leftOut = new ArrayList<>();
    if (!backbone.leftOut().isEmpty()) {
      leftOut.add(backbone.leftOut() + ", no part of the backbone");
    }
    return of(where, backbone.tensors(), options, leftOut);
  }

  private static SegmentorImport of(
      String where, Map<String, NamedTensor> found, Options options, List<String> leftOut) {
    Map<String, NamedTensor> own = PublishedTensors.own(where, found, PARTS, leftOut);
    // Where nothing is the network's, the message tells what is there instead.
    SegmentorLayout stored = SegmentorLayout.of(where, own.isEmpty() ? found : own);
    SegmentorLayout layout = wanted(where, stored, options);
    if (stored.branches() > 0
        && (layout.classes() != stored.classes() || layout.branches() != stored.branches())) {
      own.keySet().removeIf(name -> name.startsWith(SegmentorLayout.CLASSIFIER));
      leftOut.add(
          "layer5, a classifier of %d classes with %d branches, where %d with %d are asked for"
              .formatted(stored.classes(), stored.branches(), layout.classes(), layout.branches()));
    }
    return complete(where, layout, own, leftOut, options.seed());
  }

  private static SegmentorLayout wanted(String where, SegmentorLayout stored, Options options) {
    if (stored.branches() == 0 && options.classes().isEmpty()) {
      throw new UserMistake(
          where
              + ": has no classifier; expected --classes with the number of classes of a new one");
    }
    int branches =
        options.branches().orElse(stored.branches() == 0 ? PUBLISHED_BRANCHES : stored.branches());
    return new SegmentorLayout(
        stored.backbone(),
        stored.width(),
        options.classes().orElse(stored.classes()),
        branches,
        stored.attention() || options.attention());
  }

  /** The parts that were drawn, such as layer5; none where all was found. */
  public List<String> freshParts() {
    return fresh.stream().map(PublishedTensors::firstWord).distinct().toList();
  }

  /** Adds what is missing as a whole: the classifier, the attention block. */
  private static SegmentorImport complete(
      String where,
      SegmentorLayout layout,
      Map<String, NamedTensor> own,
      List<String> leftOut,
      long seed) {
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        DeepLabV2 model = new DeepLabV2(layout.architecture(), buffers, false)) {
      ParameterStore store = model.parameters();
      Map<String, NamedTensor> given = new LinkedHashMap<>(own);
      List<String> fresh = new ArrayList<>();
      List<String> notes = new ArrayList<>();
      for (String part : List.of(SegmentorLayout.CLASSIFIER, SegmentorLayout.ATTENTION)) {
        List<Parameter> missing =
            store.parameters().stream().filter(p -> p.name().startsWith(part)).toList();
        if (missing.isEmpty() || own.keySet().stream().anyMatch(n -> n.startsWith(part))) {
          continue;
        }
        if (fresh.isEmpty()) {
          store.initialise(seed);
        }
        missing.forEach(p -> given.put(p.name(), PublishedTensors.of(p)));
        missing.forEach(p -> fresh.add(p.name()));
        notes.add(
            "%s (%d tensors), drawn with seed %d, not trained yet"
                .formatted(PublishedTensors.firstWord(part), missing.size(), seed));
      }
      ParameterShapes shapes = new ParameterShapes(ParameterTensors.shapes(store));
      shapes.check(where, given);
      List<NamedTensor> tensors = shapes.shapes().keySet().stream().map(given::get).toList();
      return new SegmentorImport(
          layout,
          tensors,
          List.copyOf(fresh),
          ImportReport.of(layout.describe(), own.values(), leftOut, notes));
    }
  }
}
