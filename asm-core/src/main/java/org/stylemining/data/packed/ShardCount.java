package org.stylemining.data.packed;

import java.util.Optional;

/** Whether a set's shards are enough for the workers that read them. */
public final class ShardCount {
  /** A shard that is smaller than this is no large file any more. */
  private static final long SMALLEST = 64L << 20;

  private ShardCount() {}

  /**
   * A sentence where they are not.
   *
   * <p>Samples are dealt out to workers whatever shard they lie in, so fewer shards leave no worker
   * without work. But they all read from the few machines that hold these files' blocks. Of a set
   * that is too small for so many shards of 64 MiB nothing is said: it stays in those machines'
   * memory.
   *
   * @param root of the set
   * @param bytes of all shards
   * @param workers that read at the same time
   */
  public static Optional<String> tooFew(String root, int shards, long bytes, int workers) {
    if (shards >= workers || bytes < workers * SMALLEST) {
      return Optional.empty();
    }
    return Optional.of(
        "%s: %d shards for %d workers: the result is the same, but all workers read from the machines that hold %d files; `datasets pack --shard-mb %d` makes as many shards as workers"
            .formatted(root, shards, workers, shards, Math.max(64, (bytes / workers) >> 20)));
  }
}
