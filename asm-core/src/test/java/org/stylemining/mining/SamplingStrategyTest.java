package org.stylemining.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stylemining.config.StepRule;

class SamplingStrategyTest {
  private static final Noise NOISE = new Noise(4);
  private static final StyleAnchor ONE =
      new StyleAnchor(List.of(new float[] {5, -5, 1}), List.of(new float[] {0.1f, -0.1f, 0.5f}));
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
  void everyTargetImageServesAsAnchor() {
    StyleAnchor three =
        new StyleAnchor(
            List.of(new float[] {0}, new float[] {10}, new float[] {20}),
            List.of(new float[] {0}, new float[] {0}, new float[] {0}));
    SamplingStrategy anchored = SamplingStrategy.anchored(three, NOISE);
    long distinct =
        java.util.stream.IntStream.range(0, 100)
            .mapToDouble(i -> anchored.next(new long[] {i}, 0, null, null, 0).eps()[0][0])
            .distinct()
            .count();
    assertThat(distinct).isEqualTo(3);
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
