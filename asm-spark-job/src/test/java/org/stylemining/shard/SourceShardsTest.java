package org.stylemining.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stylemining.data.SourceOrder;
import org.stylemining.dataset.Sample;

class SourceShardsTest {

  @ParameterizedTest(name = "{0} samples, {1} workers, batches of {2}, {3} batches a round")
  @CsvSource({"24,2,3,2", "24,3,2,4", "10,1,1,3", "60,5,4,1"})
  void overAnEpochNoSampleIsLostOrRepeated(
      int samples, int workers, int batch, int batchesPerRound) {
    long batchesPerWorker = samples / (workers * batch);
    SourceShards shards =
        new SourceShards(order(samples), workers, batch, 2, batchesPerRound, 3 * batchesPerWorker);
    List<Sample> seen = new ArrayList<>();
    List<Long> positions = new ArrayList<>();
    for (int round = 1; round <= shards.rounds(); round++) {
      for (List<WorkerBatch> worker : shards.round(round)) {
        for (WorkerBatch own : worker) {
          seen.addAll(own.samples());
          Arrays.stream(own.positions()).forEach(positions::add);
        }
      }
      assertThat(positions)
          .containsExactlyInAnyOrderElementsOf(
              LongStream.range(0, shards.positionAfter(round)).boxed().toList());
    }
    assertThat(seen).hasSize(3 * samples);
    // Which of the three epochs a sample was seen in is told by its position.
    for (int epoch = 0; epoch < 3; epoch++) {
      List<Sample> inEpoch = new ArrayList<>();
      for (int i = 0; i < seen.size(); i++) {
        if (positions.get(i) / samples == epoch) {
          inEpoch.add(seen.get(i));
        }
      }
      assertThat(inEpoch).doesNotHaveDuplicates().hasSize(samples);
    }
  }

  @Test
  void roundsOfDifferentLengthsLoseAndRepeatNothing() {
    SourceShards shards =
        new SourceShards(order(100), 2, 3, 2, RoundSchedule.postLocal(12, 2, 5, 4));
    List<Long> positions = new ArrayList<>();
    List<Long> updates = new ArrayList<>();
    for (int round = 1; round <= shards.rounds(); round++) {
      for (List<WorkerBatch> worker : shards.round(round)) {
        worker.forEach(own -> Arrays.stream(own.positions()).forEach(positions::add));
      }
      shards.round(round).get(0).forEach(own -> updates.add(own.firstUpdate()));
      assertThat(positions)
          .containsExactlyInAnyOrderElementsOf(
              LongStream.range(0, shards.positionAfter(round)).boxed().toList());
    }
    assertThat(updates).isEqualTo(IntStream.range(0, 12).mapToObj(batch -> 2L * batch).toList());
    assertThat(shards.updatesIn(3)).isEqualTo(2);
    assertThat(shards.updatesIn(4)).isEqualTo(8);
    assertThat(shards.updatesAfter(shards.rounds())).isEqualTo(24);
  }

  @Test
  void workersTrainAtTheSameTimeOnNeighboursInTheOrder() {
    SourceShards shards = new SourceShards(order(100), 2, 3, 2, 2, 4);

    List<List<WorkerBatch>> second = shards.round(2);

    assertThat(second.get(0)).extracting(WorkerBatch::firstUpdate).containsExactly(4L, 6L);
    assertThat(second.get(0).get(0).positions()).containsExactly(12, 13, 14);
    assertThat(second.get(1).get(0).positions()).containsExactly(15, 16, 17);
    assertThat(second.get(0).get(1).positions()).containsExactly(18, 19, 20);
  }

  @Test
  void theLastRoundIsShorterWhereTheUpdatesSaySo() {
    SourceShards shards = SourceShards.of(order(100), 2, 1, 2, 25, 10);

    assertThat(shards.rounds()).isEqualTo(3);
    assertThat(shards.round(3).get(1)).hasSize(3);
    assertThat(shards.updatesAfter(2)).isEqualTo(20);
    assertThat(shards.updatesAfter(3)).isEqualTo(26);
    assertThatThrownBy(() -> shards.round(4)).hasMessageContaining("1..3");
  }

  @Test
  void aBatchComesBackFromItsPathWhateverItsFilesAreCalled() throws Exception {
    WorkerBatch batch =
        new WorkerBatch(
            1L << 40,
            new long[] {7, 1L << 41},
            List.of(
                new Sample("gta5", "hdfs://a:9000/images/ä b?%20#1.png", Optional.of("l/ü.png"), 1),
                new Sample("folder", "s3a://b/{\"x\"}.png", Optional.empty(), 0)));

    String path = batch.toPath();

    assertThat(new java.net.URI(path).getScheme()).isNull();
    WorkerBatch back = WorkerBatch.ofPath(path);
    assertThat(back.samples()).isEqualTo(batch.samples());
    assertThat(back.positions()).isEqualTo(batch.positions());
    assertThat(back.firstUpdate()).isEqualTo(batch.firstUpdate());
  }

  private static SourceOrder order(int samples) {
    return new SourceOrder(
        3,
        List.of(
            IntStream.range(0, samples)
                .mapToObj(i -> new Sample("toy", "image-" + i, Optional.of("label-" + i), 0))
                .toList()),
        new double[] {1});
  }
}
