package org.stylemining.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stylemining.adapt.Schedule;
import org.stylemining.adapt.WorkerMemory;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ConfigReader;
import org.stylemining.shard.RoundSchedule;

class TrainerWiringTest {
  private static final String[] SHORT = {
    "training.updates=1000", "training.warm-up=100", "training.learning-rate=0.01"
  };

  @Test
  void roundsGrowWithTheConfiguredLearningRateAndItsWarmUpCountsAsWhatFollowsIt() {
    AsmConfig config =
        config(
            "sync.interval.rule=quadratic",
            "sync.interval.coefficient=0.03",
            "sync.interval.longest=100");
    Schedule rates = Schedule.of(config.training());

    RoundSchedule schedule = TrainerWiring.schedule(config, 2);

    List<Long> updates = updates(schedule, 2);
    // (0.03 / rate)^2 by hand: from 10 at first, whatever the warm-up, to 100 at the end.
    double warm = 0.03 / rates.rate(100);
    assertThat(updates.get(0)).isEqualTo(Math.max(10, (long) (warm * warm) / 2 * 2));
    assertThat(updates).contains(100L);
    assertThat(updates.subList(0, updates.size() - 1)).isSorted();
    assertThat(updates.stream().mapToLong(Long::longValue).sum()).isEqualTo(1000);
    long before = 0;
    for (long length : updates.subList(0, updates.size() - 1)) {
      double ratio = 0.03 / rates.rate(Math.max(before, 100));
      assertThat(length)
          .isEqualTo(Math.max(10, (long) Math.min(100, Math.floor(ratio * ratio)) / 2 * 2));
      before += length;
    }
  }

  @Test
  void theDefaultIsRoundsOfOneLength() {
    assertThat(TrainerWiring.schedule(config(), 2)).isEqualTo(RoundSchedule.fixed(500, 5));
    assertThat(TrainerWiring.schedule(config("cluster.sync-every=5"), 2))
        .isEqualTo(RoundSchedule.fixed(500, 3));
  }

  @Test
  void theDriversMemoryCountsWhatAveragingKeeps() {
    long plain = WorkerMemory.averaging(config());
    long reset = WorkerMemory.averaging(config("sync.optimizer-state=reset"));
    long network = plain - reset;

    assertThat(network).isPositive();
    assertThat(
            WorkerMemory.averaging(
                config(
                    "sync.outer.optimizer=nesterov",
                    "sync.outer.momentum=0.9",
                    "sync.statistics.batches=4",
                    "sync.final-model.rule=mean")))
        .isEqualTo(plain + 3 * network);
    assertThat(WorkerMemory.averagingHeap(config("sync.optimizer-state=reset")))
        .isEqualTo(WorkerMemory.averagingHeap(config()) - 3 * network);
  }

  private static List<Long> updates(RoundSchedule schedule, int updatesPerBatch) {
    List<Long> updates = new ArrayList<>();
    for (int round = 1; round <= schedule.rounds(); round++) {
      updates.add(
          updatesPerBatch * (schedule.batchesAfter(round) - schedule.batchesAfter(round - 1)));
    }
    return updates;
  }

  private static AsmConfig config(String... overrides) {
    List<String> all = new ArrayList<>(List.of(SHORT));
    all.addAll(Arrays.asList(overrides));
    return ConfigReader.parse("include \"reference.conf\"", "test.conf", all);
  }
}
