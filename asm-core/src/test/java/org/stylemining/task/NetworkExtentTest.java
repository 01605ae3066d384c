package org.stylemining.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.config.Backbone;
import org.stylemining.nn.BatchNorm;
import org.stylemining.nn.Buffers;

class NetworkExtentTest {
  @ParameterizedTest
  @CsvSource({"1, 10", "0.25, 10", "0.1, 3"})
  void countsTheParametersOfTheClassifierOfWholeImages(double width, int classes) {
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        ResNet18 model =
            new ResNet18(classes, width, new BatchNorm.Options(true, true, 0.1), buffers, false)) {
      assertThat(NetworkExtent.ofClassifier(classes, width).parameters())
          .isEqualTo(model.parameters().size());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RESNET18, 1, 19, false",
    "RESNET18, 0.25, 11, true",
    "RESNET50, 0.5, 19, true",
    "RESNET101, 0.25, 19, false"
  })
  void countsTheParametersThatTheNetworkHas(
      Backbone backbone, double width, int classes, boolean attention) {
    Architecture architecture =
        new Architecture(
            backbone,
            width,
            classes,
            List.of(6, 12),
            attention,
            new BatchNorm.Options(false, true, 0.1));
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        DeepLabV2 model = new DeepLabV2(architecture, buffers, false)) {
      assertThat(NetworkExtent.of(architecture).parameters()).isEqualTo(model.parameters().size());
    }
  }
}
