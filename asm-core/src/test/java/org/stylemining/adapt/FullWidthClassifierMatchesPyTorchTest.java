package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.SourceBatch;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.nn.BatchNorm;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.style.InputScaling;
import org.stylemining.style.Rain;
import org.stylemining.task.ResNet18;
import org.stylemining.weights.Safetensors;

/**
 * ResNet-18 at full width, in float, against PyTorch, as {@link FullWidthMatchesPyTorchTest} does
 * it with DeepLab-v2; {@code -Dparity.seed=2} draws other weights and images.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FullWidthClassifierMatchesPyTorchTest {
  private static final double LIMIT = 1e-4;
  private static final ParityTable TABLE = new ParityTable();

  @TempDir private static Path folder;
  private static Optional<String> missing;
  private static FullWidthPyTorch torch;

  @BeforeAll
  static void run() {
    missing = FullWidthPyTorch.missing(folder);
    if (missing.isEmpty()) {
      torch =
          FullWidthPyTorch.run(
              folder, List.of("classification"), "--seed", System.getProperty("parity.seed", "1"));
    }
  }

  @BeforeEach
  void skipWithoutPyTorch() {
    assumeTrue(missing.isEmpty(), () -> missing.orElseThrow());
  }

  @AfterAll
  static void print() {
    if (torch != null) {
      System.out.println("\nClassifier, full width, float, against PyTorch\n" + TABLE.text());
    }
  }

  @Test
  @Order(1)
  void predictionsOfResNet18() {
    Safetensors due = torch.numbers("classes");
    List<RgbImage> images = FullWidthPyTorch.images(due, "image");
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        ResNet18 model = resNet18(buffers)) {
      TABLE.heading(
          "ResNet-18, %d images of %s".formatted(images.size(), FullWidthPyTorch.size(due)));
      FeatureMap input = InputScaling.task(buffers).forward(Images.toMap(images, buffers), false);
      FeatureMap logits = model.forward(input, false);
      compare("logits, evaluated", logits, due, "eval/logits");
      buffers.give(logits);
      labels(new Predictor(model, images.get(0).width(), images.get(0).height()), images, due);
      FeatureMap trained = model.forward(input, true);
      compare("logits, training", trained, due, "train/logits");
      compare("features, training", model.features(), due, "train/features");
    }
  }

  @Test
  @Order(2)
  void aWholeIterationOfStyleMining() {
    Safetensors due = torch.numbers("classification");
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Rain rain = torch.rain(buffers)) {
      SourceBatch batch = batch(due);
      TABLE.heading(
          "style mining, %d source images of %s, depth %s, ResNet-18"
              .formatted(batch.size(), FullWidthPyTorch.size(due), due.metadata().get("depth")));
      new FullWidthMining(due, TABLE).compare(rain, resNet18(buffers), batch);
    }
  }

  private static ResNet18 resNet18(Buffers buffers) {
    ResNet18 model = new ResNet18(10, 1, new BatchNorm.Options(true, true, 0.1), buffers, true);
    torch.fill(model.parameters(), "resnet18.pth");
    return model;
  }

  private static void compare(String what, FeatureMap found, Safetensors due, String name) {
    assertThat(found.imagePixels()).as("pixels of " + what).isEqualTo(1);
    TABLE.outputs(what, FullWidthMining.planes(found), due, name, LIMIT);
  }

  /** The predictor shares the model, which stays the caller's to close. */
  private static void labels(Predictor predictor, List<RgbImage> images, Safetensors due) {
    long[] found =
        images.stream().mapToLong(image -> predictor.predict(image, 1, 1).at(0, 0)).toArray();
    long[] labels =
        LongStream.range(0, images.size())
            .map(i -> (long) due.doubles("single/label_map")[(int) i])
            .toArray();
    assertThat(found).as("classes").containsExactly(labels);
    TABLE.remark(
        "classes of %d images are PyTorch's; %d occur"
            .formatted(found.length, LongStream.of(found).distinct().count()));
  }

  private static SourceBatch batch(Safetensors due) {
    List<RgbImage> images = FullWidthPyTorch.images(due, "image");
    long[] labels = due.longs("labels");
    List<LabelledImage> labelled = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      labelled.add(
          new LabelledImage(images.get(i), LabelMap.filled(1, 1, Math.toIntExact(labels[i]))));
    }
    return new SourceBatch(labelled, LongStream.range(0, labels.length).toArray(), List.of());
  }
}
