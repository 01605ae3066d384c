package org.stylemining.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Parameter;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.Rain;

class EncoderScalingTest {
  @Test
  void everyStageHasAMeanOfOneAndTheDecoderMakesTheSameOfIt() {
    try (Buffers buffers = new Buffers(DataType.DOUBLE);
        Rain rain =
            new Rain(new Rain.Architecture(EncoderKind.TRAINED, 0.25, 8, 16), buffers, false)) {
      rain.encoderParameters().initialise(1);
      rain.parameters().initialise(2);
      for (Parameter p : rain.encoderParameters().parameters()) {
        if (p.name().endsWith(".bias")) {
          p.value().assign(0.1);
        }
      }
      FeatureMap images = buffers.map(2, 18, 26, 3);
      Random random = new Random(3);
      for (int i = 0; i < images.rows().length(); i++) {
        images.rows().putScalar(i, random.nextDouble());
      }
      INDArray before = decoded(rain, images);

      EncoderScaling.apply(rain.encoder(), rain.parameters(), images);

      List<FeatureMap> stages = rain.encoder().stages(images, false);
      for (FeatureMap stage : stages) {
        assertThat(stage.rows().meanNumber().doubleValue()).isCloseTo(1, offset(1e-9));
      }
      assertThat(decoded(rain, images).equalsWithEps(before, 1e-9)).isTrue();
    }
  }

  private static INDArray decoded(Rain rain, FeatureMap images) {
    FeatureMap decoded =
        rain.decode(rain.encoder().encode(images), images.height(), images.width(), false);
    INDArray values = decoded.rows().dup();
    rain.buffers().give(decoded);
    return values;
  }
}
