package org.stylemining.report;

/**
 * A sample that could not be read and was skipped.
 *
 * @param round in which it was met
 * @param path of the damaged image or label
 * @param reason what was expected and what was found
 */
public record DamagedRecord(int round, String path, String reason) implements MetricsRecord {}
