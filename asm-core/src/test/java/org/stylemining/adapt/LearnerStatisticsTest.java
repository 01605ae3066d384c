package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.config.Backbone;
import org.stylemining.config.BatchRule;
import org.stylemining.config.OptimizerKind;
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
import org.stylemining.nn.Parameter.Role;
import org.stylemining.nn.ParameterStore;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.Rain;
import org.stylemining.task.Architecture;
import org.stylemining.task.DeepLabV2;

/** What a network's batch-norm layers see, measured without learning. */
class LearnerStatisticsTest {
  private static final int LATENT = 6;

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void theMeanOverBatchesIsThatOfTheStatisticsOfEach(DataType type) {
    Learner learner = learner(type, 0.1);
    ParameterStore store = learner.model().parameters();
    int from = (int) store.end(Role.FROZEN);
    float[] before = values(store.theta());
    BatchStatistics sums = BatchStatistics.NONE;
    for (long batch = 0; batch < 3; batch++) {
      try (TaskTrainer trainer = new TaskTrainer(learner(type, 0.1), new SourceOnly(), () -> {})) {
        sums = sums.plus(trainer.statistics(batch(batch), 0));
      }
    }

    // A network whose running statistics are those of the newest batch.
    double[] expected = new double[before.length - from];
    for (long batch = 0; batch < 3; batch++) {
      try (Learner following = learner(type, 1)) {
        new SourceOnly().train(batch(batch), 0, following);
        float[] own = values(following.model().parameters().theta());
        for (int i = 0; i < expected.length; i++) {
          expected[i] += own[from + i] / 3.0;
        }
      }
    }
    assertThat(sums.passes()).isEqualTo(3);
    float[] mean = sums.mean();
    assertThat(mean).hasSize(expected.length);
    for (int i = 0; i < mean.length; i++) {
      assertThat((double) mean[i])
          .isCloseTo(expected[i], within(1e-5 + 1e-5 * Math.abs(expected[i])));
    }
    learner.close();
  }

  @Test
  void nothingIsLearnedWhileStatisticsAreMeasuredNotEvenInMining() {
    Learner learner = learner(DataType.FLOAT, 0.1);
    ParameterStore store = learner.model().parameters();
    int learned = (int) store.end(Role.FROZEN);
    float[] before = values(store.theta());
    StyleMining mining = mining(learner.model().buffers());

    BatchStatistics sums =
        learner.statistics(
            () -> {
              mining.train(batch(1), 0, learner);
              mining.train(batch(2), 2, learner);
            });

    assertThat(sums.passes()).as("two mining steps for each batch").isEqualTo(4);
    float[] after = values(store.theta());
    for (int i = 0; i < learned; i++) {
      assertThat(after[i]).isEqualTo(before[i]);
    }
    assertThat(learner.state().sumNumber().doubleValue()).isZero();
    assertThat(store.gradient().norm1Number().doubleValue()).isZero();
    // Afterwards it learns as before.
    mining.train(batch(1), 0, learner);
    assertThat(values(store.theta())[0]).isNotEqualTo(before[0]);
    learner.close();
  }

  @Test
  void statisticsThatDoNotFollowTheBatchesCannotBeMeasured() {
    try (Learner learner = learner(DataType.FLOAT, 0)) {
      assertThatThrownBy(() -> learner.statistics(() -> {}))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static Learner learner(DataType type, double share) {
    DeepLabV2 model =
        new DeepLabV2(
            new Architecture(
                Backbone.RESNET18,
                1.0 / 16,
                4,
                List.of(1, 2),
                false,
                new BatchNorm.Options(true, true, share)),
            new Buffers(type),
            true);
    model.parameters().initialise(3);
    return new Learner(
        model,
        new Optimizer(OptimizerKind.SGD, 0.9, 5e-4, 10),
        new Schedule(0.01, 0.9, 0, 10),
        share);
  }

  private static StyleMining mining(Buffers buffers) {
    Rain rain =
        new Rain(new Rain.Architecture(EncoderKind.VGG19, 1.0 / 16, LATENT, 12), buffers, false);
    rain.encoderParameters().initialise(1);
    rain.parameters().initialise(2);
    StyleAnchor anchor =
        new StyleAnchor(List.of(new float[LATENT]), List.of(new float[] {1, 1, 1, 1, 1, 1}));
    return new StyleMining(
        rain,
        SamplingStrategy.adversarial(
            anchor, new Noise(9), new MiningStep(org.stylemining.config.StepRule.INVERSE_LOSS, 20)),
        new StyleMining.Options(2, 0.1, BatchRule.STYLISED_AND_SOURCE));
  }

  private static SourceBatch batch(long position) {
    Random random = new Random(position);
    byte[] rgb = new byte[3 * 32 * 24];
    random.nextBytes(rgb);
    byte[] ids = new byte[32 * 24];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (byte) random.nextInt(4);
    }
    return new SourceBatch(
        List.of(new LabelledImage(new RgbImage(32, 24, rgb), new LabelMap(32, 24, ids))),
        new long[] {position},
        List.of());
  }

  private static float[] values(INDArray vector) {
    return vector.castTo(DataType.FLOAT).dup().toFloatVector();
  }
}
