package org.stylemining.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.stylemining.dataset.Sample;

class SourceOrderTest {
  private static List<Sample> source(int index, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Sample("gta5", index + "/" + i, Optional.empty(), index))
        .toList();
  }

  private static List<List<Sample>> sources(List<Integer> sizes) {
    return IntStream.range(0, sizes.size()).mapToObj(s -> source(s, sizes.get(s))).toList();
  }

  private static double[] weights(List<Double> weights, int count) {
    return IntStream.range(0, count).mapToDouble(weights::get).toArray();
  }

  @Property(tries = 100)
  void anEpochOfASourceLosesAndRepeatsNothing(
      @ForAll long seed,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 40) Integer> sizes,
      @ForAll @Size(4) List<@DoubleRange(min = 0.05, max = 5) Double> weights) {
    SourceOrder order = new SourceOrder(seed, sources(sizes), weights(weights, sizes.size()));
    Map<Integer, List<Sample>> drawn = new HashMap<>();
    for (Sample sample : order.range(0, 5000)) {
      drawn.computeIfAbsent(sample.sourceIndex(), s -> new ArrayList<>()).add(sample);
    }
    drawn.forEach(
        (source, samples) -> {
          int size = sizes.get(source);
          for (int epoch = 0; (epoch + 1) * size <= samples.size(); epoch++) {
            assertThat(samples.subList(epoch * size, (epoch + 1) * size))
                .doesNotHaveDuplicates()
                .hasSize(size);
          }
        });
  }

  @Property(tries = 100)
  void everyStretchOfTheOrderHasTheSourcesSharesUpToOneOrTwoSamples(
      @ForAll @Size(min = 1, max = 4) List<@DoubleRange(min = 0.05, max = 5) Double> weights,
      @ForAll @IntRange(min = 1, max = 30_000) int length) {
    int count = weights.size();
    SourceOrder order =
        new SourceOrder(
            1,
            sources(IntStream.range(0, count).mapToObj(s -> 9).toList()),
            weights(weights, count));
    double sum = weights.stream().mapToDouble(w -> w).sum();
    int[] drawn = new int[count];
    order.range(0, length).forEach(sample -> drawn[sample.sourceIndex()]++);
    for (int s = 0; s < count; s++) {
      // Weights are kept to one part in 10 000.
      assertThat((double) drawn[s])
          .isCloseTo(length * weights.get(s) / sum, within(count + length / 5000.0));
    }
  }

  @Property(tries = 100)
  void theOrderDependsOnSeedListAndPositionAlone(
      @ForAll long seed,
      @ForAll @Size(min = 1, max = 3) List<@IntRange(min = 1, max = 30) Integer> sizes,
      @ForAll @Size(3) List<@DoubleRange(min = 0.1, max = 3) Double> weights,
      @ForAll @Size(20) List<@LongRange(min = 0, max = 1_000_000_000_000L) Long> positions) {
    double[] shares = weights(weights, sizes.size());
    SourceOrder asked = new SourceOrder(seed, sources(sizes), shares);
    for (long position : positions) {
      Sample fresh = new SourceOrder(seed, sources(sizes), shares).at(position);
      assertThat(asked.at(position)).isEqualTo(fresh);
    }
  }

  @Test
  void epochsAndSeedsDifferInTheirOrder() {
    double[] one = {1};
    SourceOrder order = new SourceOrder(1, List.of(source(0, 50)), one);
    assertThat(order.range(0, 50)).isNotEqualTo(order.range(50, 50));
    assertThat(order.range(0, 50))
        .isNotEqualTo(new SourceOrder(2, List.of(source(0, 50)), one).range(0, 50))
        .containsExactlyInAnyOrderElementsOf(source(0, 50));
  }

  @Test
  void equalWeightsAlternate() {
    SourceOrder order =
        new SourceOrder(3, List.of(source(0, 5), source(1, 7)), new double[] {2, 2});
    int[] sources = order.range(0, 8).stream().mapToInt(Sample::sourceIndex).toArray();
    assertThat(Arrays.stream(sources).sum()).isEqualTo(4);
    for (int i = 1; i < 8; i++) {
      assertThat(sources[i]).isNotEqualTo(sources[i - 1]);
    }
  }

  @Test
  void refusesSourcesItCannotDrawFrom() {
    assertThatThrownBy(() -> new SourceOrder(1, List.of(List.of()), new double[] {1}))
        .hasMessage("source 0 has no samples");
    assertThatThrownBy(() -> new SourceOrder(1, List.of(source(0, 1)), new double[] {0}))
        .hasMessageContaining("weight 0.0: expected a number > 0");
  }
}
