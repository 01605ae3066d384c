package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.config.BatchRule;
import org.stylemining.config.OptimizerKind;
import org.stylemining.config.StepRule;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.SourceBatch;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.mining.MiningStep;
import org.stylemining.mining.Noise;
import org.stylemining.mining.SamplingStrategy;
import org.stylemining.mining.StyleAnchor;
import org.stylemining.nn.BatchNorm;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Parameter;
import org.stylemining.report.StepRecord;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.Rain;
import org.stylemining.task.ResNet18;

/** Style mining of a classifier of whole images, in float, as training runs it. */
class ClassifierMiningTest {
  private static final int SIZE = 64;
  private static final int LATENT = 6;
  private static final int DEPTH = 5;
  private static final int BATCHES = 12;

  @Test
  void learnsToTellTwoPatternsApartInEveryMinedStyle() {
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Rain rain = rain(buffers);
        Learner learner = learner(buffers)) {
      StyleMining mining =
          new StyleMining(
              rain,
              SamplingStrategy.adversarial(
                  anchor(rain, buffers), new Noise(9), new MiningStep(StepRule.RELATIVE, 0.5)),
              new StyleMining.Options(DEPTH, 2e-4, BatchRule.STYLISED_AND_SOURCE));
      List<StepRecord> records = new ArrayList<>();
      for (int i = 0; i < BATCHES; i++) {
        records.addAll(mining.train(batch(8L * i), (long) i * DEPTH, learner));
        assertThat(buffers.lentCount()).as("buffers still lent").isZero();
      }
      assertThat(records).hasSize(BATCHES * DEPTH);
      assertThat(records.subList(0, DEPTH - 1))
          .allSatisfy(r -> assertThat(r.stepLength()).as("step of the style").isPositive())
          .allSatisfy(r -> assertThat(r.consistency()).isPositive());
      double first = loss(records.subList(0, DEPTH));
      double last = loss(records.subList(records.size() - DEPTH, records.size()));
      assertThat(last).as("loss, at first " + first).isLessThan(0.25 * first);
    }
  }

  private static double loss(List<StepRecord> records) {
    return records.stream().mapToDouble(StepRecord::taskLoss).average().orElseThrow();
  }

  private static Rain rain(Buffers buffers) {
    Rain rain =
        new Rain(new Rain.Architecture(EncoderKind.VGG19, 1.0 / 16, LATENT, 12), buffers, false);
    rain.encoderParameters().initialise(1);
    rain.parameters().initialise(5);
    // A decoder that was never trained shows next to nothing; at He's deviation it passes on what
    // it is given.
    for (Parameter p : rain.parameters().parameters()) {
      if (p.name().startsWith("decoder.") && p.name().endsWith(".weight")) {
        p.value().muli(Math.sqrt(6));
      }
    }
    return rain;
  }

  private static StyleAnchor anchor(Rain rain, Buffers buffers) {
    FeatureMap target = Images.toMap(List.of(image(1000).image()), buffers);
    StyleAnchor anchor = StyleAnchor.of(rain, List.of(target));
    buffers.give(target);
    return anchor;
  }

  private static Learner learner(Buffers buffers) {
    ResNet18 model =
        new ResNet18(2, 1.0 / 8, new BatchNorm.Options(true, true, 0.1), buffers, true);
    model.parameters().initialise(3);
    return new Learner(
        model,
        new Optimizer(OptimizerKind.SGD, 0.9, 5e-4, 1),
        new Schedule(0.01, 0, 0, (long) BATCHES * DEPTH));
  }

  private static SourceBatch batch(long first) {
    List<LabelledImage> images = new ArrayList<>();
    long[] positions = new long[8];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = first + i;
      images.add(image(positions[i]));
    }
    return new SourceBatch(images, positions, List.of());
  }

  /** Stripes across (class 0) or down (class 1), of random colours and phase, with noise. */
  private static LabelledImage image(long position) {
    Random random = new Random(position);
    int label = (int) (position % 2);
    int phase = random.nextInt(16);
    byte[] rgb = new byte[3 * SIZE * SIZE];
    int[][] colours = {{random.nextInt(100), random.nextInt(100), random.nextInt(100)}, new int[3]};
    for (int c = 0; c < 3; c++) {
      colours[1][c] = 130 + random.nextInt(100);
    }
    for (int i = 0; i < SIZE * SIZE; i++) {
      int along = label == 0 ? i / SIZE : i % SIZE;
      int[] colour = colours[(along + phase) / 8 % 2];
      for (int c = 0; c < 3; c++) {
        rgb[3 * i + c] = (byte) (colour[c] + random.nextInt(20));
      }
    }
    return new LabelledImage(new RgbImage(SIZE, SIZE, rgb), LabelMap.filled(1, 1, label));
  }
}
