package org.stylemining.data.packed;

import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A shard that is open for reading; used by one thread at a time. */
interface Shard extends Closeable {
  /**
   * The bytes of a file in it, checked against the address's path and checksum.
   *
   * @throws BrokenShard where something else lies there
   * @throws IOException where the file system fails
   */
  byte[] read(ShardAddress address) throws IOException;

  /** Gives back connections and buffers; what was learnt of the file stays. */
  void rest();

  /** Opens the shard in which a file lies, for that file's column. */
  static Shard open(ShardAddress address, FileSystem files, Configuration hadoop)
      throws IOException {
    Path path = new Path(address.shard());
    return switch (address.format()) {
      case SEQUENCE -> SequenceShard.open(files, path, hadoop);
      case PARQUET -> ParquetShard.open(files, path, address.column(), hadoop);
    };
  }
}
