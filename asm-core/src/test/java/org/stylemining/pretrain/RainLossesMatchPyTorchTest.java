package org.stylemining.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.config.LossWeights;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.Fixture;
import org.stylemining.nn.Parameter;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.Rain;

/** Eq. 3 and its gradients, by both official and joint rule, against PyTorch's, in double. */
class RainLossesMatchPyTorchTest {
  private static final double EXACT = 1e-8;

  @ParameterizedTest
  @CsvSource({"SEPARATE, official", "JOINT, joint"})
  void lossesAndAllGradients(RainLosses.Flow flow, String rule) {
    Fixture fixture = new Fixture("rain-tiny");
    Buffers buffers = new Buffers(DataType.DOUBLE);
    Rain rain = new Rain(new Rain.Architecture(EncoderKind.VGG19, 1.0 / 16, 8, 24), buffers, true);
    fixture.fill(rain.encoderParameters(), "");
    for (Parameter p : rain.parameters().parameters()) {
      if (fixture.has(p.name())) {
        p.accept(fixture.array(p.name()));
      } else {
        p.value().assign(p.name().equals("style_deviation") ? 1 : 0);
      }
    }
    RainLosses losses = new RainLosses(rain, new LossWeights(1, 1, 5));
    RainLosses.Losses l =
        losses.gradients(
            fixture.map("content"), fixture.map("style"), fixture.array("noise"), flow);
    assertThat(l.content()).isCloseTo(fixture.number("loss/content"), offset(1e-10));
    assertThat(l.style()).isCloseTo(fixture.number("loss/style"), offset(1e-10));
    assertThat(l.kl()).isCloseTo(fixture.number("loss/kl"), offset(1e-10));
    assertThat(l.reconstruction()).isCloseTo(fixture.number("loss/reconstruction"), offset(1e-10));
    for (Parameter p : rain.parameters().parameters()) {
      if (p.hasGradient()) {
        fixture.assertClose(p.publishGradient(), rule + "/grad/" + p.name(), EXACT);
      }
    }
    assertThat(buffers.lentCount()).as("buffers still lent").isZero();
  }
}
