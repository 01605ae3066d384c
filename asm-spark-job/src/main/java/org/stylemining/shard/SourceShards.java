package org.stylemining.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.stylemining.data.SourceOrder;

/**
 * Cuts the training order into rounds, and each round into the workers' batches.
 *
 * <p>Batches are dealt out in turn: worker w's batch j of a round is batch {@code j * workers + w}
 * of the round. So all workers together walk through the training order without a gap or a
 * repetition, and the batches that are trained on at the same time are neighbours in it.
 *
 * @param order of the samples
 * @param workers that train at the same time
 * @param batchSize samples of a batch
 * @param updatesPerBatch updates a worker makes on one batch
 * @param schedule lengths of the rounds
 */
public record SourceShards(
    SourceOrder order, int workers, int batchSize, int updatesPerBatch, RoundSchedule schedule) {
  public SourceShards {
    if (workers < 1 || batchSize < 1 || updatesPerBatch < 1) {
      throw new IllegalArgumentException(
          "expected at least one of each, found %d workers, %d samples, %d updates per batch"
              .formatted(workers, batchSize, updatesPerBatch));
    }
  }

  /**
   * Shards of rounds of the same length.
   *
   * @param batchesPerRound batches of a worker between two averagings
   * @param batchesPerWorker batches of a worker in the whole run; the last round may be shorter
   */
  public SourceShards(
      SourceOrder order,
      int workers,
      int batchSize,
      int updatesPerBatch,
      int batchesPerRound,
      long batchesPerWorker) {
    this(
        order,
        workers,
        batchSize,
        updatesPerBatch,
        RoundSchedule.fixed(batchesPerWorker, batchesPerRound));
  }

  /**
   * The shards of a run that is given by its updates.
   *
   * @param updates of each worker; batches are trained on whole, so the last one may bring some
   *     more
   * @param syncEvery updates between two averagings, rounded up to whole batches
   */
  public static SourceShards of(
      SourceOrder order,
      int workers,
      int batchSize,
      int updatesPerBatch,
      long updates,
      long syncEvery) {
    return new SourceShards(
        order,
        workers,
        batchSize,
        updatesPerBatch,
        RoundSchedule.fixed(
            wholeBatches(updates, updatesPerBatch), wholeBatches(syncEvery, updatesPerBatch)));
  }

  /** Number of rounds. */
  public int rounds() {
    return schedule.rounds();
  }

  /** Updates that each worker has made after a round; 0 before the first. */
  public long updatesAfter(int round) {
    return updatesPerBatch * schedule.batchesAfter(round);
  }

  /** Updates that each worker makes in a round. */
  public long updatesIn(int round) {
    return updatesAfter(round) - updatesAfter(round - 1);
  }

  /**
   * The first position of the training order that is not used up after a round; 0 before the first.
   */
  public long positionAfter(int round) {
    return schedule.batchesAfter(round) * workers * batchSize;
  }

  /** Each worker's batches in a round, in order; workers by index. */
  public List<List<WorkerBatch>> round(int round) {
    return round(round, 0);
  }

  /**
   * The same further on in the training order.
   *
   * @param ahead positions to add, at least 0
   */
  public List<List<WorkerBatch>> round(int round, long ahead) {
    if (round < 1 || round > rounds()) {
      throw new IllegalArgumentException("expected a round of 1.." + rounds() + ", found " + round);
    }
    List<List<WorkerBatch>> batches = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      batches.add(new ArrayList<>());
    }
    // In ascending order of positions, as the training order likes to be asked.
    long end = schedule.batchesAfter(round);
    for (long batch = schedule.batchesAfter(round - 1); batch < end; batch++) {
      for (int worker = 0; worker < workers; worker++) {
        long from = (batch * workers + worker) * batchSize + ahead;
        batches.get(worker).add(batch(from, batch * updatesPerBatch));
      }
    }
    return batches;
  }

  /** The batch at a position of the training order, to be trained on after so many updates. */
  public WorkerBatch batch(long position, long firstUpdate) {
    return new WorkerBatch(
        firstUpdate,
        LongStream.range(position, position + batchSize).toArray(),
        order.range(position, batchSize));
  }

  /** Batches that so many updates take, the last one trained on whole. */
  public static long wholeBatches(long updates, int updatesPerBatch) {
    return (updates + updatesPerBatch - 1) / updatesPerBatch;
  }
}
