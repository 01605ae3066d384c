package org.stylemining.training;

import org.stylemining.shard.SourceShards;

/**
 * All that the driver's loop needs to know of a run, whatever it trains.
 *
 * @param form of the trained network
 * @param stateCount values of the optimizer's state
 * @param shards the workers' batches in every round
 * @param maxBadFraction share of damaged samples that is borne, 0..1
 * @param checkpointEvery rounds between two checkpoints
 * @param checkpointsKept newest checkpoints kept
 * @param seed of everything random
 * @param configuration the resolved configuration, as text
 */
public record RunPlan(
    NetworkForm form,
    long stateCount,
    SourceShards shards,
    double maxBadFraction,
    int checkpointEvery,
    int checkpointsKept,
    long seed,
    String configuration) {}
