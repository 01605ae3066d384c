package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ConfigReader;
import org.stylemining.config.Size;
import org.stylemining.config.UserMistake;
import org.stylemining.image.RgbImage;
import org.stylemining.nn.Buffers;
import org.stylemining.weights.NamedTensor;

class PredictorTest {
  private final AsmConfig config =
      ConfigReader.parse(
          """
          include "reference.conf"
          data { resize { width = 48, height = 32 } }
          model { backbone = resnet18, width = 0.125, rates = [1, 2] }
          """,
          "test.conf",
          List.of());

  @Test
  void imagesOfAnySizesAreLabelledTogetherAsTheyAreAlone() {
    List<RgbImage> images = List.of(noise(64, 32, 1), noise(30, 50, 2), noise(48, 32, 3));
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Predictor predictor = predictor(buffers)) {
      List<Segmentation> together = predictor.predict(images, true);

      assertThat(together).hasSize(3);
      for (int i = 0; i < 3; i++) {
        RgbImage image = images.get(i);
        Segmentation alone = predictor.predict(List.of(image), true).get(0);
        assertThat(together.get(i).labels()).isEqualTo(alone.labels());
        assertThat(together.get(i).probability()).isEqualTo(alone.probability());
        assertThat(alone.labels().width()).isEqualTo(image.width());
        assertThat(alone.labels().height()).isEqualTo(image.height());
        assertThat(predictor.predict(image, image.width(), image.height()))
            .isEqualTo(alone.labels());
      }
    }
  }

  @Test
  void memoryDoesNotGrowWithTheNumberOfSizes() {
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Predictor predictor = predictor(buffers)) {
      // The pool finds its sizes in the first passes.
      for (int pass = 0; pass < 5; pass++) {
        predictor.predict(List.of(noise(64, 32, 1)), true);
      }
      long bytes = buffers.bytes();
      for (int size = 20; size < 40; size++) {
        predictor.predict(List.of(noise(size, 2 * size, size)), false);
      }
      assertThat(buffers.bytes()).isEqualTo(bytes);
      assertThat(buffers.lentCount()).isZero();
    }
  }

  @Test
  void theInputHasTheSizeThatScoringAsksFor() {
    assertThat(Predictor.inputSize(config)).isEqualTo(new Size(48, 32));
    AsmConfig larger =
        ConfigReader.parse(
            config.render(), "test.conf", List.of("evaluate.resize={width=96,height=64}"));
    assertThat(Predictor.inputSize(larger)).isEqualTo(new Size(96, 64));
  }

  @Test
  void anotherNetworksTensorsAreRefused() {
    try (Buffers buffers = new Buffers(DataType.FLOAT)) {
      assertThatThrownBy(() -> Predictor.of(config, List.of(), "the served model", buffers))
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining("the served model");
    }
  }

  private Predictor predictor(Buffers buffers) {
    List<NamedTensor> tensors = TaskTraining.initial(config, Optional.empty(), "");
    return Predictor.of(config, new ArrayList<>(tensors), "test", buffers);
  }

  private static RgbImage noise(int width, int height, long seed) {
    byte[] rgb = new byte[3 * width * height];
    new Random(seed).nextBytes(rgb);
    return new RgbImage(width, height, rgb);
  }
}
