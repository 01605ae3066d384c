package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.config.Backbone;
import org.stylemining.config.BatchRule;
import org.stylemining.config.OptimizerKind;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.SourceBatch;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.mining.Codes;
import org.stylemining.mining.SamplingStrategy;
import org.stylemining.nn.BatchNorm;
import org.stylemining.nn.Buffers;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.Rain;
import org.stylemining.task.Architecture;
import org.stylemining.task.DeepLabV2;
import org.stylemining.task.ResNet18;
import org.stylemining.task.TaskModel;

/**
 * dL_M/deps through M, D, AdaIN and D_vae against central differences, in double: the gradient that
 * mining climbs.
 */
class MiningGradientTest {
  private static final int LATENT = 6;

  /** Gives the codes it is told to and keeps the gradient it is shown. */
  private static final class Probe implements SamplingStrategy {
    private final double[][] eps;
    private double[][] seen;

    Probe(double[][] eps) {
      this.eps = eps;
    }

    @Override
    public Codes next(
        long[] positions, int miningStep, Codes previous, double[][] gradient, double loss) {
      if (gradient != null) {
        seen = gradient;
      }
      return new Codes(eps, new double[eps.length][LATENT], new double[eps.length]);
    }

    @Override
    public boolean usesGradient(int miningStep, int depth) {
      return true;
    }
  }

  @Test
  void theGradientAtTheCodeIsTheDerivativeOfTheTaskLoss() {
    Random random = new Random(5);
    Buffers buffers = new Buffers(DataType.DOUBLE);
    DeepLabV2 model =
        new DeepLabV2(
            new Architecture(
                Backbone.RESNET18,
                1.0 / 16,
                4,
                List.of(1, 2),
                false,
                new BatchNorm.Options(true, true, 0)),
            buffers,
            true);
    List<LabelledImage> images = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      byte[] rgb = new byte[3 * 37 * 29];
      random.nextBytes(rgb);
      byte[] ids = new byte[37 * 29];
      for (int k = 0; k < ids.length; k++) {
        ids[k] = (byte) (random.nextInt(5) == 4 ? 255 : random.nextInt(4));
      }
      images.add(new LabelledImage(new RgbImage(37, 29, rgb), new LabelMap(37, 29, ids)));
    }
    check(model, images, random);
  }

  @Test
  void andThatOfTheLossOfAClassifierOfWholeImages() {
    Random random = new Random(6);
    ResNet18 model =
        new ResNet18(
            4, 1.0 / 16, new BatchNorm.Options(true, true, 0), new Buffers(DataType.DOUBLE), true);
    List<LabelledImage> images = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      byte[] rgb = new byte[3 * 64 * 64];
      random.nextBytes(rgb);
      images.add(new LabelledImage(new RgbImage(64, 64, rgb), LabelMap.filled(1, 1, 1 + i)));
    }
    check(model, images, random);
  }

  private static void check(TaskModel model, List<LabelledImage> images, Random random) {
    Buffers buffers = model.buffers();
    Rain rain =
        new Rain(new Rain.Architecture(EncoderKind.VGG19, 1.0 / 16, LATENT, 12), buffers, false);
    rain.encoderParameters().initialise(1);
    rain.parameters().initialise(2);
    model.parameters().initialise(3);
    Learner learner =
        new Learner(model, new Optimizer(OptimizerKind.SGD, 0, 0, 1), new Schedule(0, 0, 0, 10));
    SourceBatch batch = new SourceBatch(images, new long[] {0, 1}, List.of());
    double[][] eps = new double[2][LATENT];
    for (double[] e : eps) {
      for (int i = 0; i < LATENT; i++) {
        e[i] = random.nextGaussian();
      }
    }
    Probe probe = new Probe(eps);
    StyleMining mining =
        new StyleMining(
            rain, probe, new StyleMining.Options(1, 0.3, BatchRule.STYLISED_AND_SOURCE));
    mining.mine(batch, 0, learner, false, null);
    double[][] gradient = probe.seen;
    double step = 1e-7;
    for (int b = 0; b < 2; b++) {
      for (int i = 0; i < LATENT; i++) {
        double value = eps[b][i];
        eps[b][i] = value + step;
        double above = mining.mine(batch, 0, learner, false, null).get(0).loss();
        eps[b][i] = value - step;
        double below = mining.mine(batch, 0, learner, false, null).get(0).loss();
        eps[b][i] = value;
        double due = (above - below) / (2 * step);
        assertThat(gradient[b][i])
            .as("image " + b + ", dimension " + i)
            .isCloseTo(due, offset(1e-5 + 1e-4 * Math.abs(due)));
      }
    }
    assertThat(buffers.lentCount()).as("buffers still lent").isZero();
  }
}
