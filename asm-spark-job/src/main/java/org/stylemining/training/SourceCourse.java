package org.stylemining.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.stylemining.report.RollbackRecord;
import org.stylemining.shard.SourceShards;
import org.stylemining.shard.WorkerBatch;

/**
 * On which source batches each round trains: those of the shards, further on in the training order
 * by what the run passed over when it went back to a checkpoint, and before them those of workers
 * that came too late in the round before. It is part of a checkpoint's state.
 */
final class SourceCourse {
  private static final String PASSED_OVER = "samples-passed-over";
  private static final String ROLLBACKS = "rollbacks";
  private static final String QUEUED = "batches-queued";

  private final SourceShards shards;
  private long passedOver;
  private int rollbacks;
  private List<Long> queued = List.of();

  SourceCourse(SourceShards shards) {
    this.shards = shards;
  }

  /**
   * Goes to where a checkpoint left off.
   *
   * @param extra of the checkpoint; empty before the first round
   * @param newest time that the run went back to this checkpoint or an older one, from its log
   */
  void goTo(Map<String, String> extra, Optional<RollbackRecord> newest) {
    // A checkpoint cannot tell of a time that the run came back to it.
    passedOver =
        Math.max(
            Long.parseLong(extra.getOrDefault(PASSED_OVER, "0")),
            newest.map(RollbackRecord::passedOver).orElse(0L));
    rollbacks =
        Math.max(
            Integer.parseInt(extra.getOrDefault(ROLLBACKS, "0")),
            newest.map(RollbackRecord::rollbacks).orElse(0));
    String positions = extra.getOrDefault(QUEUED, "");
    queued =
        positions.isEmpty()
            ? List.of()
            : Arrays.stream(positions.split(",")).map(Long::valueOf).toList();
  }

  /** What {@link #goTo} wants back. */
  Map<String, String> extra() {
    Map<String, String> extra = new TreeMap<>();
    if (rollbacks > 0) {
      extra.put(PASSED_OVER, Long.toString(passedOver));
      extra.put(ROLLBACKS, Integer.toString(rollbacks));
    }
    if (!queued.isEmpty()) {
      extra.put(QUEUED, queued.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    return extra;
  }

  /** First position of the training order that no round up to this one came to. */
  long positionAfter(int round) {
    return shards.positionAfter(round) + passedOver;
  }

  /** Each worker's batches in a round, in order. */
  List<List<WorkerBatch>> round(int round) {
    List<List<WorkerBatch>> batches = shards.round(round, passedOver);
    List<List<WorkerBatch>> all = new ArrayList<>();
    for (int worker = 0; worker < batches.size(); worker++) {
      List<WorkerBatch> own = new ArrayList<>();
      for (int i = worker; i < queued.size(); i += batches.size()) {
        own.add(shards.batch(queued.get(i), shards.updatesAfter(round - 1)));
      }
      own.addAll(batches.get(worker));
      all.add(own);
    }
    return all;
  }

  /** Takes note of a round that is done, and of the batches in it that nobody trained on. */
  void done(List<WorkerBatch> missed) {
    queued = missed.stream().map(batch -> batch.positions()[0]).sorted().toList();
  }

  /** Samples that will come up again. */
  int queuedSamples() {
    return queued.size() * shards.batchSize();
  }

  int rollbacks() {
    return rollbacks;
  }

  /**
   * Goes back to a checkpoint, and passes over the samples up to the round that diverged.
   *
   * @param checkpoint round of it; 0: the run's start
   * @param extra of the checkpoint
   * @return what {@link #goTo} wants to know of it
   */
  RollbackRecord goBack(int checkpoint, Map<String, String> extra, Diverged diverged) {
    long ahead =
        passedOver + shards.positionAfter(diverged.round()) - shards.positionAfter(checkpoint);
    RollbackRecord back =
        new RollbackRecord(
            checkpoint, diverged.round(), diverged.getMessage(), ahead, rollbacks + 1);
    goTo(extra, Optional.of(back));
    return back;
  }
}
