package org.stylemining.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.config.EncoderTrainingConfig;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.SourceBatch;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Parameter;

class EncoderTrainerTest {
  private static final double STEP = 1e-5;

  @Test
  void theGradientOfTheErrorIsThatOfCentralDifferences() {
    Buffers buffers = new Buffers(DataType.DOUBLE);
    try (EncoderTrainer trainer =
        new EncoderTrainer(new EncoderTrainingConfig(10, 1, 1e-3), 9, 1, buffers)) {
      trainer.parameters().initialise(4);
      // An odd side, of which the decoder gives one pixel too many.
      FeatureMap images = buffers.map(1, 9, 9, 3);
      Random random = new Random(5);
      for (int i = 0; i < images.rows().length(); i++) {
        images.rows().putScalar(i, random.nextDouble());
      }
      trainer.parameters().gradient().assign(0);
      trainer.gradients(images);
      for (Parameter p : trainer.parameters().parameters()) {
        for (int i = 0; i < 5; i++) {
          long at = random.nextInt((int) p.length());
          double found = p.gradient().getDouble(at);
          double value = p.value().getDouble(at);
          p.value().putScalar(at, value + STEP);
          double above = error(trainer, images);
          p.value().putScalar(at, value - STEP);
          double below = error(trainer, images);
          p.value().putScalar(at, value);
          assertThat(found)
              .as(p.name() + " at " + at)
              .isCloseTo((above - below) / (2 * STEP), offset(1e-8));
        }
      }
    }
  }

  /** The error alone: the gradients stay as they were. */
  private static double error(EncoderTrainer trainer, FeatureMap images) {
    INDArray gradient = trainer.parameters().gradient();
    INDArray kept = gradient.dup();
    double error = trainer.gradients(images);
    gradient.assign(kept);
    return error;
  }

  @Test
  void learnsToGiveImagesBackInTheirColours() {
    LabelledImage red = halves(new int[] {200, 30, 30}, new int[] {90, 90, 200});
    LabelledImage green = halves(new int[] {30, 160, 60}, new int[] {220, 220, 210});
    SourceBatch batch = new SourceBatch(List.of(red, green), new long[] {0, 1}, List.of());
    try (EncoderTrainer trainer =
        new EncoderTrainer(
            new EncoderTrainingConfig(60, 2, 1e-3), 16, 1, new Buffers(DataType.FLOAT))) {
      trainer.parameters().initialise(4);
      double first = trainer.train(batch, 0).get(0).loss();
      double last = first;
      for (int i = 1; i < 60; i++) {
        last = trainer.train(batch, i).get(0).loss();
      }
      assertThat(last).isLessThan(first / 10);
    }
  }

  /** The upper half of one colour, the lower of another. */
  private static LabelledImage halves(int[] above, int[] below) {
    byte[] rgb = new byte[3 * 16 * 16];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i < rgb.length / 2 ? above : below)[i % 3];
    }
    return new LabelledImage(new RgbImage(16, 16, rgb), LabelMap.filled(16, 16, 0));
  }
}
