package org.stylemining.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stylemining.config.Backbone;
import org.stylemining.style.EncoderKind;

class StepBenchmarkTest {

  @ParameterizedTest
  @CsvSource({
    "SEGMENTATION, 33, 65, 1, 2, mining step",
    "CLASSIFICATION, 64, 64, 2, 3, mining step",
    "INFERENCE, 33, 65, 1, 1, image",
    "DECODER, 32, 32, 2, 1, update",
    "ENCODER, 32, 32, 2, 1, update",
    "BANK, 32, 32, 2, 1, style"
  })
  void printsALineForEachIteration(
      StepBenchmark.Work work, int height, int width, int batch, int depth, String part) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    new StepBenchmark(
            new StepBenchmark.Settings(
                work, Backbone.RESNET101, EncoderKind.VGG19, height, width, batch, depth, true))
        .run(2, new PrintStream(printed, true, StandardCharsets.UTF_8));
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "iteration [01] wall \\d+\\.\\d\\d s cpu \\d+\\.\\d\\d s, \\d+\\.\\d{3} s per "
                            + part
                            + ", arrays [1-9]\\d* MB, peak [1-9]\\d* MB"));
  }
}
