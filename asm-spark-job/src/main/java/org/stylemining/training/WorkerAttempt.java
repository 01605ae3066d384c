package org.stylemining.training;

/**
 * A worker's attempt at a round that brought no result.
 *
 * @param worker from 0
 * @param executor Spark's id of it; null where the attempt waited for one
 * @param host of the executor; null likewise
 * @param updates made, as far as is known
 * @param seconds from its begin to its end, or to when this was told
 * @param reason why there is no result
 */
public record WorkerAttempt(
    int worker, String executor, String host, long updates, double seconds, String reason) {

  /** {@code executor 2 on node-7}. */
  public String place() {
    return executor == null ? "no executor yet" : "executor " + executor + " on " + host;
  }
}
