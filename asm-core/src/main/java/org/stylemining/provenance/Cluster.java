package org.stylemining.provenance;

/**
 * Where a run was computed.
 *
 * @param applicationId that Spark gave the run
 * @param master that it was submitted to
 * @param executors that Spark offered when the run started
 * @param workers that trained at the same time
 */
public record Cluster(String applicationId, String master, int executors, int workers) {}
