package org.stylemining.config;

import java.io.Serializable;

/**
 * The block {@code cluster}.
 *
 * @param workers workers that train at the same time; 0: every task slot
 * @param device what they compute on
 * @param threads threads of one worker's native operations; 0: spark.task.cpus
 * @param syncEvery updates between two averagings: one sync round
 * @param aggregationDepth depth of the tree in which scores are summed
 * @param executors which are waited for
 * @param memoryCheck what happens where memory may not suffice
 */
public record ClusterConfig(
    @Within("[0, inf)") int workers,
    Device device,
    @Within("[0, inf)") int threads,
    @Within("[1, inf)") int syncEvery,
    @Within("[1, inf)") int aggregationDepth,
    ExecutorsConfig executors,
    MemoryCheck memoryCheck)
    implements Serializable {}
