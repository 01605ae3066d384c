package org.stylemining.report;

/**
 * A checkpoint that became complete.
 *
 * @param round after which it was written
 * @param path relative to the run folder
 */
public record CheckpointRecord(int round, String path) implements MetricsRecord {}
