package org.stylemining.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.stylemining.config.StepRule;

class SamplingStrategyTest {
  private static final Noise NOISE = new Noise(4);
  private static final StyleAnchor ONE =
      new StyleAnchor(List.of(new float[] {5, -5, 1}), List.of(new float[] {0.1f, -0.1f, 0.5f}));
  private static final StyleAnchor THREE =
      new StyleAnchor(
          List.of(new float[] {0, 0, 0}, new float[] {10, 0, 0}, new float[] {20, 0, 0}),
          List.of(new float[] {1, 1, 1}, new float[] {2, 1, 1}, new float[] {3, 1, 1}));
  private static final long[] POSITIONS = {17, 18};

  @Test
  void anchoredCodesAreDrawnAroundPsiWithXiAsDeviationAndAnewInEveryStep() {
    SamplingStrategy anchored = SamplingStrategy.anchored(ONE, NOISE);
    double sum = 0;
    double square = 0;
    int n = 4000;
    for (int i = 0; i < n; i++) {
      double e = anchored.next(new long[] {i}, 0, null, null, 0).eps()[0][0];
      sum += e;
      square += e * e;
    }
    double mean = sum / n;
    assertThat(mean).isCloseTo(5, offset(0.01));
    assertThat(Math.sqrt(square / n - mean * mean)).isCloseTo(0.1, offset(0.01));
    Codes first = anchored.next(POSITIONS, 0, null, null, 0);
    Codes second = anchored.next(POSITIONS, 1, first, null, 0);
    assertThat(second.eps()[0]).isNotEqualTo(first.eps()[0]);
  }

  @Test
  void randomCodesForgetTheAnchor() {
    Codes codes = SamplingStrategy.random(ONE, NOISE).next(POSITIONS, 0, null, null, 0);
    assertThat(codes.centre()[0]).containsOnly(0);
    assertThat(Math.abs(codes.eps()[0][0])).isLessThan(4.9);
  }

  @Test
  void aSamplesNoiseDependsOnItsPositionAloneAndNotOnItsBatch() {
    SamplingStrategy anchored = SamplingStrategy.anchored(ONE, NOISE);
    double[] together = anchored.next(POSITIONS, 0, null, null, 0).eps()[1];
    double[] alone = anchored.next(new long[] {18}, 0, null, null, 0).eps()[0];
    assertThat(together).isEqualTo(alone);
  }

  @Test
  void eachImageOfABatchHasAnAnchorOfItsOwnBySeedAndPosition() {
    long[] batch = LongStream.range(0, 300).toArray();
    int[] drawn = centres(SamplingStrategy.anchored(THREE, NOISE), batch);

    for (int anchor = 0; anchor < 3; anchor++) {
      int wanted = anchor;
      assertThat(Arrays.stream(drawn).filter(d -> d == wanted).count()).isBetween(70L, 130L);
    }
    assertThat(centres(SamplingStrategy.anchored(THREE, NOISE), 17)[0])
        .as("in another batch")
        .isEqualTo(drawn[17]);
    assertThat(
            centres(
                SamplingStrategy.adversarial(THREE, NOISE, new MiningStep(StepRule.RELATIVE, 0.3)),
                batch))
        .as("for every way of sampling around anchors")
        .isEqualTo(drawn);
    assertThat(centres(SamplingStrategy.anchored(THREE, new Noise(5)), batch))
        .as("with another seed")
        .isNotEqualTo(drawn);
  }

  @Test
  void anImageKeepsItsAnchorInAllMiningSteps() {
    long[] batch = LongStream.range(0, 20).toArray();
    for (SamplingStrategy sampling :
        List.of(
            SamplingStrategy.anchored(THREE, NOISE),
            SamplingStrategy.adversarial(THREE, NOISE, new MiningStep(StepRule.CONSTANT, 0.1)))) {
      Codes first = sampling.next(batch, 0, null, null, 0);
      Codes second = sampling.next(batch, 1, first, new double[20][3], 1);

      assertThat(second.centre()).isEqualTo(first.centre());
    }
  }

  @Test
  void randomCodesAreTheSameWhateverTheAnchors() {
    assertThat(SamplingStrategy.random(THREE, NOISE).next(POSITIONS, 0, null, null, 0).eps())
        .isEqualTo(SamplingStrategy.random(ONE, NOISE).next(POSITIONS, 0, null, null, 0).eps());
  }

  /** Which of the three anchors each image got. */
  private static int[] centres(SamplingStrategy sampling, long... positions) {
    return Arrays.stream(sampling.next(positions, 0, null, null, 0).centre())
        .mapToInt(centre -> (int) centre[0] / 10)
        .toArray();
  }

  @Test
  void adversarialStepsFollowTheGradientByTheConfiguredRule() {
    double[][] gradient = {{3, 0, 4}, {0, 0, 0}};
    double loss = 2;
    assertThat(step(StepRule.CONSTANT, 0.5, gradient, loss)).isCloseTo(2.5, offset(1e-12));
    assertThat(step(StepRule.INVERSE_LOSS, 20, gradient, loss)).isCloseTo(50, offset(1e-12));
    Codes first = first(StepRule.RELATIVE, 0.3);
    assertThat(step(StepRule.RELATIVE, 0.3, gradient, loss))
        .isCloseTo(0.3 * first.noiseLength()[0], offset(1e-9));
  }

  @Test
  void anImageWithoutGradientStaysWhereItIs() {
    Codes first = first(StepRule.RELATIVE, 0.3);
    Codes next =
        adversarial(StepRule.RELATIVE, 0.3)
            .next(POSITIONS, 1, first, new double[][] {{1, 1, 1}, {0, 0, 0}}, 1);
    assertThat(next.eps()[1]).isEqualTo(first.eps()[1]);
  }

  private static SamplingStrategy adversarial(StepRule rule, double size) {
    return SamplingStrategy.adversarial(ONE, NOISE, new MiningStep(rule, size));
  }

  private static Codes first(StepRule rule, double size) {
    return adversarial(rule, size).next(POSITIONS, 0, null, null, 0);
  }

  private static double step(StepRule rule, double size, double[][] gradient, double loss) {
    Codes first = first(rule, size);
    Codes next = adversarial(rule, size).next(POSITIONS, 1, first, gradient, loss);
    return Codes.distance(first.eps()[0], next.eps()[0]);
  }
}
