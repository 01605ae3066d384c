package org.stylemining.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

class RoundScheduleTest {

  @Test
  void roundsOfOneLengthEndWithAShorterOne() {
    assertThat(lengths(RoundSchedule.fixed(13, 5))).containsExactly(5L, 5L, 3L);
    assertThat(RoundSchedule.fixed(1L << 40, 1L << 10).rounds()).isEqualTo(1 << 30);
  }

  @Test
  void postLocalRoundsAreOfOneBatchUpToTheGivenUpdateThenOfTheLengthGiven() {
    // Two updates a batch: the batches that begin before update 5 are 0, 1, 2.
    assertThat(lengths(RoundSchedule.postLocal(12, 2, 5, 4)))
        .containsExactly(1L, 1L, 1L, 4L, 4L, 1L);
    assertThat(RoundSchedule.postLocal(100_000, 1, 50_000, 10).stretches()).hasSize(2);
  }

  @Test
  void quadraticRoundsAreAsLongAsTheRuleSaysBetweenItsBounds() {
    LongToDoubleFunction rate = update -> 0.1 * Math.pow(1 - update / 400.0, 0.9);
    int updatesPerBatch = 2;
    RoundSchedule schedule = RoundSchedule.quadratic(200, updatesPerBatch, 3, 50, 0.2, rate);

    // The rule by itself: H = max(base, min(longest, floor((alpha / rate)^2))), in whole batches.
    List<Long> expected = new ArrayList<>();
    for (long batch = 0; batch < 200; ) {
      double ratio = 0.2 / rate.applyAsDouble(batch * updatesPerBatch);
      long updates = (long) Math.min(50, Math.floor(ratio * ratio));
      long length = Math.min(200 - batch, Math.max(3, updates / updatesPerBatch));
      expected.add(length);
      batch += length;
    }
    assertThat(lengths(schedule)).isEqualTo(expected);
    assertThat(expected).contains(3L, 25L).hasSizeGreaterThan(10);
  }

  @Test
  void aRateOfZeroMakesTheLongestRound() {
    assertThat(lengths(RoundSchedule.quadratic(30, 1, 2, 20, 0.1, update -> 0)))
        .containsExactly(20L, 10L);
  }

  @Test
  void everythingBehindTheLastRoundIsTheEnd() {
    RoundSchedule schedule = RoundSchedule.postLocal(12, 2, 5, 4);

    assertThat(schedule.batchesAfter(0)).isZero();
    assertThat(schedule.batchesAfter(schedule.rounds())).isEqualTo(12);
    assertThat(schedule.batchesAfter(1000)).isEqualTo(12);
  }

  @Test
  void roundsWithoutABatchAreRefused() {
    assertThatThrownBy(() -> RoundSchedule.fixed(10, 0)).hasMessageContaining("at least one batch");
    assertThatThrownBy(() -> RoundSchedule.fixed(0, 1)).hasMessageContaining("at least one batch");
  }

  private static List<Long> lengths(RoundSchedule schedule) {
    List<Long> lengths = new ArrayList<>();
    for (int round = 1; round <= schedule.rounds(); round++) {
      lengths.add(schedule.batchesAfter(round) - schedule.batchesAfter(round - 1));
    }
    return lengths;
  }
}
