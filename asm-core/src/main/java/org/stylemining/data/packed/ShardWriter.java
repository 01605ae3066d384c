package org.stylemining.data.packed;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Writes one shard; closing it makes the file whole. */
public interface ShardWriter extends Closeable {
  /**
   * Adds a sample.
   *
   * @param label present where the shard has labels, and only there
   * @return where its files lie
   */
  PackedRow append(NamedFile image, Optional<NamedFile> label) throws IOException;

  /**
   * Begins a shard.
   *
   * @param files the file system of {@code path}
   * @param path a file that does not exist
   * @param labelled whether every sample comes with a label
   */
  static ShardWriter open(
      PackFormat format, FileSystem files, Path path, boolean labelled, Configuration hadoop)
      throws IOException {
    return switch (format) {
      case SEQUENCE -> SequenceShardWriter.open(files, path, labelled, hadoop);
      case PARQUET -> ParquetShardWriter.open(files, path, labelled, hadoop);
    };
  }
}
