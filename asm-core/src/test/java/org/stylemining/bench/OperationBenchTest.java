package org.stylemining.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationBenchTest {
  @Test
  void everyLayerOfAStepHasItsRow() throws Exception {
    OperationReport report = OperationBench.run(new StepSize(1, 64, 128), 1, done -> {});

    // 3 of the encoder's first stage and 7 more, 9 of the decoder, 104 of the residual network.
    assertThat(count(report, "convolution ")).isEqualTo(10 + 9 + 104);
    assertThat(count(report, "batch-norm")).isEqualTo(104);
    assertThat(count(report, "classifier ")).isEqualTo(1);
    assertThat(report.rows())
        .filteredOn(row -> row.layer().equals("encoder.0"))
        .singleElement()
        .satisfies(row -> assertThat(row.backward()).isNull());
    // Encoder and decoder have layers of the same shape; only the decoder's work backward.
    assertThat(report.rows())
        .filteredOn(row -> row.layer().startsWith("encoder."))
        .allSatisfy(row -> assertThat(row.backward()).isNull())
        .extracting(OperationRow::count)
        .contains(3);
    assertThat(report.rows())
        .filteredOn(row -> row.layer().equals("conv1"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.from()).isEqualTo("2x64x128x3");
              assertThat(row.to()).isEqualTo("2x32x64x64");
              assertThat(row.computedBy()).isEqualTo("conv2d; back conv2d_bp");
              // The plain sums: 2 * 7 * 7 * 3 * 64 * pixels forward, twice that backward.
              double flops = 2.0 * 7 * 7 * 3 * 64 * (2 * 32 * 64);
              assertThat(row.forward().gflops() * row.forward().minimum() * 1e6)
                  .isCloseTo(flops, within(flops * 1e-6));
              assertThat(row.backward().gflops() * row.backward().minimum() * 1e6)
                  .isCloseTo(2 * flops, within(flops * 1e-6));
            });
    assertThat(report.sum()).isPositive().isLessThanOrEqualTo(report.step().median());
    assertThat(report.toText())
        .contains("| layer | number |", "| whole step |", "| between the layers |", "processor: ");
    JsonNode json = new ObjectMapper().readTree(report.toJson());
    assertThat(json.at("/rows")).hasSize(report.rows().size());
    assertThat(json.at("/step/median").asDouble()).isPositive();
  }

  @Test
  void repeatsHaveAMinimumAndAMedian() {
    Spread spread = Spread.of(List.of(4.0, 1.0, 2.0, 9.0), 5e6);

    assertThat(spread).isEqualTo(new Spread(1, 3, 5));
  }

  @Test
  void aStepTooSmallForTheNetworkIsRefused() {
    assertThatThrownBy(() -> new StepSize(1, 16, 64)).hasMessageContaining("16");
    assertThatThrownBy(() -> new StepSize(0, 64, 64)).hasMessageContaining("batch");
  }

  private static org.assertj.core.data.Offset<Double> within(double tolerance) {
    return org.assertj.core.data.Offset.offset(tolerance);
  }

  private static int count(OperationReport report, String kind) {
    return report.rows().stream()
        .filter(row -> row.kind().startsWith(kind))
        .mapToInt(OperationRow::count)
        .sum();
  }
}
