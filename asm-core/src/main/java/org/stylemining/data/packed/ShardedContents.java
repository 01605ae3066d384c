package org.stylemining.data.packed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What lies in shards: files by the URIs that they are read by. */
abstract class ShardedContents implements SetContents {
  private final Map<String, SetFile> files = new HashMap<>();
  private final int shards;
  private final long bytes;

  ShardedContents(List<LocatedShard> shards) {
    this.shards = shards.size();
    this.bytes = shards.stream().mapToLong(shard -> shard.contents().bytes()).sum();
  }

  /** Adds a file of a shard. */
  final void add(String path, String uri, PackedFile file, LocatedShard shard) {
    files.put(uri, new SetFile(path, uri, file.length(), shard.modified()));
  }

  @Override
  public final SetFile file(String uri) {
    return files.get(uri);
  }

  @Override
  public final int shards() {
    return shards;
  }

  @Override
  public final long bytes() {
    return bytes;
  }
}
