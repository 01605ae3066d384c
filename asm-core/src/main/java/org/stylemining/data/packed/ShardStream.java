package org.stylemining.data.packed;

import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A shard's bytes, which can be asked for at any place. */
final class ShardStream implements InputFile, Closeable {
  private final FSDataInputStream in;
  private final long length;

  private ShardStream(FSDataInputStream in, long length) {
    this.in = in;
    this.length = length;
  }

  static ShardStream open(FileSystem files, Path path) throws IOException {
    long length = files.getFileStatus(path).getLen();
    return new ShardStream(files.open(path), length);
  }

  FSDataInputStream data() {
    return in;
  }

  /** Gives back connections and buffers, where the file system has such. */
  void rest() {
    if (in.hasCapability(StreamCapabilities.UNBUFFER)) {
      in.unbuffer();
    }
  }

  @Override
  public long getLength() {
    return length;
  }

  @Override
  public SeekableInputStream newStream() {
    return HadoopStreams.wrap(in);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
