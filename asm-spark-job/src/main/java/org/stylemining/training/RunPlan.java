package org.stylemining.training;

import org.stylemining.shard.SourceShards;

/**
 * All that a run is made of, whatever it trains.
 *
 * @param kit what the executors get
 * @param form of the trained network
 * @param stateCount values of the optimizer's state
 * @param shards the workers' batches in every round
 * @param aggregationDepth levels of the tree in which results are summed
 * @param prefetch batches decoded ahead by each worker
 * @param maxBadFraction share of damaged samples that is borne, 0..1
 * @param checkpointEvery rounds between two checkpoints
 * @param checkpointsKept newest checkpoints kept
 * @param seed of everything random
 * @param configuration the resolved configuration, as text
 */
public record RunPlan(
    WorkerKit kit,
    NetworkForm form,
    long stateCount,
    SourceShards shards,
    int aggregationDepth,
    int prefetch,
    double maxBadFraction,
    int checkpointEvery,
    int checkpointsKept,
    long seed,
    String configuration) {}
