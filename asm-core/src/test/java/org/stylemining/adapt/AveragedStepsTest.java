package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.config.Backbone;
import org.stylemining.config.BatchRule;
import org.stylemining.config.OptimizerKind;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.SourceBatch;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.mining.Noise;
import org.stylemining.mining.SamplingStrategy;
import org.stylemining.mining.StyleAnchor;
import org.stylemining.nn.BatchNorm;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.Fixture;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.Rain;
import org.stylemining.task.Architecture;
import org.stylemining.task.DeepLabV2;
import org.stylemining.task.ResNet18;
import org.stylemining.task.TaskModel;

/**
 * With fixed batch-norm statistics and plain SGD, the mean of two workers' steps is one machine's
 * step on the joined batch.
 */
class AveragedStepsTest {
  private static final int LATENT = 6;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void twoWorkersStepsAverageToOneStepOnTheJoinedBatch(boolean stylised) {
    INDArray first = afterOneStep(segmentor(), stylised, 0);
    INDArray second = afterOneStep(segmentor(), stylised, 1);
    INDArray joined = afterOneStep(segmentor(), stylised, 0, 1);
    assertThat(first.distance2(second)).as("the workers part").isGreaterThan(1e-4);
    Fixture.assertClose(first.addi(second).divi(2), joined, "theta", 1e-9);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void soDoTheStepsOfAClassifierOfWholeImages(boolean stylised) {
    INDArray first = afterOneStep(classifier(), stylised, 0);
    INDArray second = afterOneStep(classifier(), stylised, 1);
    INDArray joined = afterOneStep(classifier(), stylised, 0, 1);
    assertThat(first.distance2(second)).as("the workers part").isGreaterThan(1e-4);
    Fixture.assertClose(first.addi(second).divi(2), joined, "theta", 1e-9);
  }

  private static TaskModel classifier() {
    return new ResNet18(
        4, 1.0 / 16, new BatchNorm.Options(true, false, 0), new Buffers(DataType.DOUBLE), true);
  }

  private static TaskModel segmentor() {
    return new DeepLabV2(
        new Architecture(
            Backbone.RESNET18,
            1.0 / 16,
            4,
            List.of(1, 2),
            false,
            new BatchNorm.Options(true, false, 0)),
        new Buffers(DataType.DOUBLE),
        true);
  }

  private static INDArray afterOneStep(TaskModel model, boolean stylised, long... positions) {
    model.parameters().initialise(3);
    Learner learner =
        new Learner(
            model, new Optimizer(OptimizerKind.SGD, 0, 5e-4, 10), new Schedule(0.01, 0.9, 0, 10));
    boolean whole = !model.labelsPixels();
    method(stylised, model.buffers()).train(batch(whole, positions), 0, learner);
    return model.parameters().theta().dup();
  }

  private static AdaptationMethod method(boolean stylised, Buffers buffers) {
    if (!stylised) {
      return new SourceOnly();
    }
    Rain rain =
        new Rain(new Rain.Architecture(EncoderKind.VGG19, 1.0 / 16, LATENT, 12), buffers, false);
    rain.encoderParameters().initialise(1);
    rain.parameters().initialise(2);
    StyleAnchor anchor =
        new StyleAnchor(List.of(new float[LATENT]), List.of(new float[] {1, 1, 1, 1, 1, 1}));
    return new StyleMining(
        rain,
        SamplingStrategy.anchored(anchor, new Noise(9)),
        new StyleMining.Options(1, 0.1, BatchRule.STYLISED_AND_SOURCE));
  }

  private static SourceBatch batch(boolean whole, long... positions) {
    return new SourceBatch(
        java.util.Arrays.stream(positions).mapToObj(position -> image(whole, position)).toList(),
        positions,
        List.of());
  }

  private static LabelledImage image(boolean whole, long position) {
    Random random = new Random(position);
    byte[] rgb = new byte[3 * 32 * 24];
    random.nextBytes(rgb);
    byte[] ids = new byte[32 * 24];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (byte) random.nextInt(4);
    }
    return new LabelledImage(
        new RgbImage(32, 24, rgb),
        whole ? LabelMap.filled(1, 1, (int) position % 4) : new LabelMap(32, 24, ids));
  }
}
