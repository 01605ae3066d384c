package org.stylemining.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Several files read as one stream of little-endian float32 values. */
final class ShardStream implements AutoCloseable {
  private final Deque<Path> waiting;
  private final Configuration hadoop;
  private InputStream open = InputStream.nullInputStream();

  ShardStream(List<Path> shards, Configuration hadoop) {
    this.waiting = new ArrayDeque<>(shards);
    this.hadoop = hadoop;
  }

  /**
   * The next values.
   *
   * @throws EOFException where the last file ends before
   */
  float[] floats(int count) throws IOException {
    byte[] bytes = new byte[Math.multiplyExact(count, Float.BYTES)];
    int filled = 0;
    while (filled < bytes.length) {
      int read = open.readNBytes(bytes, filled, bytes.length - filled);
      filled += read;
      if (filled < bytes.length) {
        if (waiting.isEmpty()) {
          throw new EOFException("the shards end " + (bytes.length - filled) + " bytes too early");
        }
        open.close();
        Path next = waiting.removeFirst();
        open = next.getFileSystem(hadoop).open(next);
      }
    }
    float[] values = new float[count];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  @Override
  public void close() throws IOException {
    open.close();
  }
}
