package org.stylemining.training;

import org.stylemining.config.CheckpointConfig;
import org.stylemining.config.SyncConfig;
import org.stylemining.provenance.Provenance;
import org.stylemining.shard.SourceShards;

/**
 * All that the driver's loop needs to know of a run, whatever it trains.
 *
 * @param form of the trained network
 * @param stateCount values of the optimizer's state that are averaged; 0 where there are none, or
 *     the workers begin every round with zero
 * @param shards the workers' batches in every round
 * @param maxBadFraction share of damaged samples that is borne, 0..1
 * @param checkpoint when checkpoints are written, and what is done where they cannot be
 * @param sync how workers are averaged, and what a round does where one is late, fails or diverges
 * @param seed of everything random
 * @param configuration the resolved configuration, as text
 * @param provenance what makes the run, for its checkpoints; null where nobody tells
 */
public record RunPlan(
    NetworkForm form,
    long stateCount,
    SourceShards shards,
    double maxBadFraction,
    CheckpointConfig checkpoint,
    SyncConfig sync,
    long seed,
    String configuration,
    Provenance provenance) {
  /** The plan of a run of which nobody tells what makes it. */
  public RunPlan(
      NetworkForm form,
      long stateCount,
      SourceShards shards,
      double maxBadFraction,
      CheckpointConfig checkpoint,
      SyncConfig sync,
      long seed,
      String configuration) {
    this(form, stateCount, shards, maxBadFraction, checkpoint, sync, seed, configuration, null);
  }
}
