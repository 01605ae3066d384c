package org.stylemining.report;

/**
 * A checkpoint that could not be written.
 *
 * @param round after which it was to be written
 * @param reason what the file system said
 */
public record CheckpointFailureRecord(int round, String reason) implements MetricsRecord {}
