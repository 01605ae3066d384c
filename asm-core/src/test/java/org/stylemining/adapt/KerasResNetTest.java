package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.config.Backbone;
import org.stylemining.config.UserMistake;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Fixture;
import org.stylemining.task.DeepLabV2;
import org.stylemining.weights.NamedTensor;
import org.stylemining.weights.TensorFlowJsModel;

/** Keras' ResNet-50 as a backbone, at 1/32 of its width. */
class KerasResNetTest {
  private static final SegmentorImport.Options FIVE_CLASSES =
      new SegmentorImport.Options(OptionalInt.of(5), OptionalInt.empty(), false, 1);

  private TensorFlowJsModel model;

  @BeforeEach
  void read() throws IOException, URISyntaxException {
    Path json =
        new Path(
            KerasResNetTest.class.getResource("/fixtures/tfjs-resnet50-tiny/model.json").toURI());
    model = TensorFlowJsModel.read(json, new Configuration());
  }

  @Test
  void featuresAreThoseOfTheKerasNetworkWithItsBiasesAndItsEpsilon() {
    SegmentorImport imported = SegmentorImport.ofKeras("model.json", model, FIVE_CLASSES);
    Fixture fixture = new Fixture("tfjs-resnet50-tiny/expected");
    try (Buffers buffers = new Buffers(DataType.DOUBLE);
        DeepLabV2 network = new DeepLabV2(imported.layout().architecture(), buffers, true)) {
      Map<String, NamedTensor> tensors = new LinkedHashMap<>();
      imported.tensors().forEach(t -> tensors.put(t.name(), t));
      ParameterTensors.fill(network.parameters(), tensors, "imported");

      // In training, with the running statistics, the network keeps its features.
      FeatureMap logits = network.forward(fixture.map("input", buffers), true);

      fixture.assertClose(network.features(), "z", 1e-4);
      assertThat(logits.channels()).isEqualTo(5);
    }
  }

  @Test
  void theClassifierIsFreshAndKerasOwnIsLeftOut() {
    SegmentorImport imported = SegmentorImport.ofKeras("model.json", model, FIVE_CLASSES);

    assertThat(imported.layout())
        .isEqualTo(new SegmentorLayout(Backbone.RESNET50, 1.0 / 32, 5, 4, false));
    assertThat(imported.report().lines())
        .containsExactly(
            "found     DeepLab-v2 on a resnet50 of width 0.03125, 5 classes, 4 parallel classifiers",
            "taken     265 tensors, 0.03 million values",
            "left out  [fc1000/kernel[64, 5], fc1000/bias[5]], no part of the backbone",
            "fresh     layer5 (8 tensors), drawn with seed 1, not trained yet");
  }

  @Test
  void anotherNetworkIsRefusedByItsFirstDifference() {
    Map<String, TensorFlowJsModel.Layer> layers = new LinkedHashMap<>(model.layers());
    layers.put("res3a_branch2a", model.layers().get("res3a_branch2b"));
    refused(layers, model.tensors(), "layer res3a_branch2a: expected the strides [2, 2]");
    layers.remove("res3a_branch2a");
    refused(layers, model.tensors(), "expected Keras' ResNet with a layer res3a_branch2a");
    Map<String, NamedTensor> tensors = new LinkedHashMap<>(model.tensors());
    tensors.remove("bn4c_branch2b/beta");
    refused(model.layers(), tensors, "expected a tensor bn4c_branch2b/beta");
    layers.putAll(model.layers());
    layers.remove("res4f_branch2a");
    refused(layers, model.tensors(), "found bottlenecks [3, 4, 5, 3]");
  }

  private static void refused(
      Map<String, TensorFlowJsModel.Layer> layers,
      Map<String, NamedTensor> tensors,
      String because) {
    assertThatThrownBy(
            () ->
                SegmentorImport.ofKeras(
                    "model.json", new TensorFlowJsModel(layers, tensors), FIVE_CLASSES))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("model.json")
        .hasMessageContaining(because);
  }
}
