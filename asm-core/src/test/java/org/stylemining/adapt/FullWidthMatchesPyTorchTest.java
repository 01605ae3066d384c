package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.config.Backbone;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.SourceBatch;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.nn.BatchNorm;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.style.AdaptiveInstanceNorm;
import org.stylemining.style.InputScaling;
import org.stylemining.style.Rain;
import org.stylemining.style.StyleVae;
import org.stylemining.task.Architecture;
import org.stylemining.task.DeepLabV2;
import org.stylemining.weights.Safetensors;

/**
 * The networks at full width, in float, against PyTorch: what they put out, and whole iterations of
 * style mining as training does them. Skipped where no Python has PyTorch. Prints its deviations.
 *
 * <p>{@code -Dparity.size=512x1024} compares outputs at that size, {@code -Dparity.seed=2} with
 * other weights and images. docs/parity.md says what the numbers mean.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FullWidthMatchesPyTorchTest {
  private static final double LIMIT = 1e-4;
  private static final double EQUAL_LABELS = 0.999;
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
              folder,
              List.of("generator", "prediction", "mining", "attention"),
              "--size",
              System.getProperty("parity.size", "193x209"),
              "--seed",
              System.getProperty("parity.seed", "1"));
    }
  }

  @BeforeEach
  void skipWithoutPyTorch() {
    assumeTrue(missing.isEmpty(), () -> missing.orElseThrow());
  }

  @AfterAll
  static void print() {
    if (torch != null) {
      System.out.println("\nFull width, float, against PyTorch\n" + TABLE.text());
    }
  }

  @Test
  @Order(1)
  void encoderAutoEncoderAndDecoder() {
    Safetensors due = torch.numbers("generator");
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Rain rain = torch.rain(buffers)) {
      TABLE.heading("RAIN, image of " + FullWidthPyTorch.size(due));
      FeatureMap target = Images.toMap(FullWidthPyTorch.images(due, "target"), buffers);
      FeatureMap image = Images.toMap(FullWidthPyTorch.images(due, "image"), buffers);
      FeatureMap encoded = rain.encoder().encode(image);
      compare("E(x)", FullWidthMining.planes(encoded), due, "encoded");
      buffers.give(encoded);
      INDArray style = rain.styles(target);
      compare("style vector of the target", style.data().asFloat(), due, "style");
      StyleVae.Code code = rain.vae().encode(style, false);
      compare("psi", code.psi().data().asFloat(), due, "psi");
      compare("xi", code.xi().data().asFloat(), due, "xi");
      INDArray eps = code.sample(Nd4j.createFromArray(due.floats("noise")).reshape(1, 512));
      compare("eps = psi + n xi", eps.data().asFloat(), due, "eps");
      INDArray decoded = rain.vae().decode(eps, false);
      compare("D_vae(eps)", decoded.data().asFloat(), due, "decoded_style");
      AdaptiveInstanceNorm content = rain.content(image);
      FeatureMap features = content.apply(decoded);
      compare("AdaIN(E(x), D_vae(eps))", FullWidthMining.planes(features), due, "adain");
      FeatureMap stylised = rain.decode(features, image.height(), image.width(), false);
      compare("D(AdaIN(E(x), D_vae(eps)))", FullWidthMining.planes(stylised), due, "stylised");
    }
  }

  @Test
  @Order(2)
  void predictionsOfDeepLab() {
    Safetensors due = torch.numbers("prediction");
    RgbImage image = FullWidthPyTorch.images(due, "image").get(0);
    try (Buffers buffers = new Buffers(DataType.FLOAT)) {
      DeepLabV2 model = deepLab(buffers, false, false);
      TABLE.heading("DeepLab-v2, ResNet-101, image of " + FullWidthPyTorch.size(due));
      FeatureMap input =
          InputScaling.task(buffers).forward(Images.toMap(List.of(image), buffers), false);
      FeatureMap logits = model.forward(input, false);
      compare("logits, evaluated", FullWidthMining.planes(logits), due, "eval/logits");
      buffers.give(logits);
      try (Predictor predictor = new Predictor(model, image.width(), image.height())) {
        labels(predictor.predict(image, image.width(), image.height()), due);
      }
    }
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        DeepLabV2 model = deepLab(buffers, false, true)) {
      FeatureMap input =
          InputScaling.task(buffers).forward(Images.toMap(List.of(image), buffers), false);
      FeatureMap logits = model.forward(input, true);
      compare("logits, training", FullWidthMining.planes(logits), due, "train/logits");
      compare(
          "features, training", FullWidthMining.planes(model.features()), due, "train/features");
    }
  }

  @Order(3)
  @ParameterizedTest
  @CsvSource({"mining, false", "attention, true"})
  void aWholeIterationOfStyleMining(String part, boolean attention) {
    Safetensors due = torch.numbers(part);
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Rain rain = torch.rain(buffers)) {
      SourceBatch batch = batch(due);
      TABLE.heading(
          "style mining, %d source image%s of %s, depth %s, %s"
              .formatted(
                  batch.size(),
                  batch.size() > 1 ? "s" : "",
                  FullWidthPyTorch.size(due),
                  due.metadata().get("depth"),
                  attention ? "DeepLab-v2 with PAM" : "DeepLab-v2"));
      new FullWidthMining(due, TABLE).compare(rain, deepLab(buffers, attention, true), batch);
    }
  }

  private static DeepLabV2 deepLab(Buffers buffers, boolean attention, boolean trained) {
    DeepLabV2 model =
        new DeepLabV2(
            new Architecture(
                Backbone.RESNET101,
                1,
                19,
                List.of(6, 12, 18, 24),
                attention,
                new BatchNorm.Options(false, true, 0.1)),
            buffers,
            trained);
    torch.fill(model.parameters(), "deeplab.pth");
    return model;
  }

  private static void compare(String what, float[] found, Safetensors due, String name) {
    TABLE.outputs(what, found, due, name, LIMIT);
  }

  private static void labels(LabelMap found, Safetensors due) {
    double[] labels = due.doubles("single/label_map");
    int equal = 0;
    for (int i = 0; i < labels.length; i++) {
      equal += (found.ids()[i] & 0xff) == labels[i] ? 1 : 0;
    }
    TABLE.remark(
        "labels of %d of %d pixels are PyTorch's; %d classes occur"
            .formatted(equal, labels.length, Arrays.stream(labels).distinct().count()));
    assertThat(Arrays.stream(labels).distinct().count()).as("classes").isGreaterThan(5);
    assertThat(equal / (double) labels.length).as("equal labels").isGreaterThan(EQUAL_LABELS);
  }

  private static SourceBatch batch(Safetensors due) {
    List<RgbImage> images = FullWidthPyTorch.images(due, "image");
    long[] labels = due.longs("labels");
    List<LabelledImage> labelled = new ArrayList<>();
    for (RgbImage image : images) {
      byte[] ids = new byte[image.width() * image.height()];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = (byte) labels[labelled.size() * ids.length + i];
      }
      labelled.add(new LabelledImage(image, new LabelMap(image.width(), image.height(), ids)));
    }
    return new SourceBatch(labelled, LongStream.range(0, labelled.size()).toArray(), List.of());
  }
}
