package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.nn.BilinearResize;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.HostValues;

class LikeliestClassTest {
  private static final int CLASSES = 5;

  /** The interpolated logits themselves, from the layer that training uses. */
  @ParameterizedTest
  @CsvSource({"3,4,17,23", "1,1,5,6", "5,7,5,7", "6,5,1,1", "9,8,4,3"})
  void isTheLargestOfTheInterpolatedLogitsAndItsSoftmax(
      int rows, int columns, int height, int width) {
    Random random = new Random(7);
    float[] logits = new float[rows * columns * CLASSES];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = 3 * (float) random.nextGaussian();
    }
    Segmentation found = LikeliestClass.of(logits, 0, rows, columns, CLASSES, width, height, true);

    assertThat(found.labels().width()).isEqualTo(width);
    assertThat(found.labels().height()).isEqualTo(height);
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        BilinearResize resize = new BilinearResize(buffers)) {
      FeatureMap small = buffers.map(1, rows, columns, CLASSES);
      new HostValues(small.rows()).put(logits);
      float[] full = new HostValues(resize.forward(small, height, width).rows()).toFloats();
      for (int i = 0; i < width * height; i++) {
        int label = found.labels().ids()[i];
        double sum = 0;
        for (int k = 0; k < CLASSES; k++) {
          float largest = full[i * CLASSES + label];
          assertThat(full[i * CLASSES + k]).isLessThanOrEqualTo(largest + 1e-5f);
          sum += Math.exp(full[i * CLASSES + k] - largest);
        }
        assertThat((found.probability()[i] & 0xFF) / 255.0).isCloseTo(1 / sum, within(0.6 / 255));
      }
    }
  }
}
