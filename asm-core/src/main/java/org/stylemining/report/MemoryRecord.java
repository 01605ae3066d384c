package org.stylemining.report;

/**
 * Memory of one process at the end of its part of a sync round.
 *
 * @param round from 1
 * @param executor Spark's id; {@code driver}: the driver, which is the one executor in local mode
 * @param host its host
 * @param residentBytes of the whole process; -1 where the system does not tell
 * @param arrayBytes of arrays off the heap; -1 where the backend does not tell
 * @param heapBytes of the Java heap, in use
 */
public record MemoryRecord(
    int round, String executor, String host, long residentBytes, long arrayBytes, long heapBytes)
    implements MetricsRecord {}
