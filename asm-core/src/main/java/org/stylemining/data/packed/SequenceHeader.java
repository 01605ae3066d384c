package org.stylemining.data.packed;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.WritableUtils;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.util.ReflectionUtils;

/**
 * What stands before a SequenceFile's records (Hadoop 3.3, {@code SequenceFile}, version 6): the
 * letters SEQ and the version; the names of the classes of key and value; whether values, and
 * whether blocks of them, are compressed; the codec's class; pairs of texts; 16 bytes that mark
 * where one may begin to read.
 *
 * <p>Read from memory, and not by Hadoop's reader: that one takes every length for true, and fails
 * on damaged bytes with the exceptions that it fails with where the file system does.
 *
 * @param codec of each value, where values are compressed
 * @param length in bytes
 */
record SequenceHeader(Optional<CompressionCodec> codec, int length) {
  static final int SYNC_BYTES = 16;
  private static final String MAGIC = "SEQ";
  private static final int VERSION = 6;
  private static final int MOST_BYTES = 1 << 16;

  /**
   * @throws BrokenShard where it is none of single records of a Text and a BytesWritable
   * @throws IOException where the file system fails
   */
  static SequenceHeader read(ShardStream stream, Configuration hadoop) throws IOException {
    byte[] bytes = new byte[(int) Math.min(MOST_BYTES, stream.getLength())];
    try {
      stream.data().readFully(0, bytes);
    } catch (EOFException e) {
      throw new BrokenShard("the shard ends within its first %d bytes".formatted(bytes.length), e);
    }
    try {
      return parsed(bytes, hadoop);
    } catch (EOFException e) {
      throw new BrokenShard(
          bytes.length < MOST_BYTES
              ? "not a SequenceFile: %d bytes, which end within its header".formatted(bytes.length)
              : "a SequenceFile with a header of more than %d bytes".formatted(MOST_BYTES),
          e);
    } catch (BrokenShard e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new BrokenShard("the SequenceFile's header cannot be read: " + e, e);
    }
  }

  private static SequenceHeader parsed(byte[] bytes, Configuration hadoop) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (!text(in, MAGIC.length()).equals(MAGIC)) {
      throw new BrokenShard("not a SequenceFile: it does not begin with " + MAGIC);
    }
    int version = in.readByte();
    if (version != VERSION) {
      throw new BrokenShard(
          "a SequenceFile of version %d; expected %d".formatted(version, VERSION));
    }
    String key = text(in);
    String value = text(in);
    if (!key.equals(Text.class.getName()) || !value.equals(BytesWritable.class.getName())) {
      throw new BrokenShard(
          "a SequenceFile of (%s, %s); expected (%s: the path, %s: the file's bytes)"
              .formatted(key, value, Text.class.getName(), BytesWritable.class.getName()));
    }
    boolean compressed = in.readBoolean();
    if (in.readBoolean()) {
      throw new BrokenShard(
          "a SequenceFile with blocks of records compressed together, of which none can be read alone; expected the compression NONE or RECORD");
    }
    Optional<CompressionCodec> codec =
        compressed ? Optional.of(codec(text(in), hadoop)) : Optional.empty();
    int pairs = in.readInt();
    for (int i = 0; i < pairs; i++) {
      text(in);
      text(in);
    }
    in.skipNBytes(SYNC_BYTES);
    return new SequenceHeader(codec, bytes.length - in.available());
  }

  private static CompressionCodec codec(String name, Configuration hadoop) throws BrokenShard {
    try {
      return ReflectionUtils.newInstance(
          hadoop.getClassByName(name).asSubclass(CompressionCodec.class), hadoop);
    } catch (ClassNotFoundException | ClassCastException e) {
      throw new BrokenShard("a SequenceFile with the unknown codec " + name, e);
    }
  }

  /**
   * A Text as it is written: behind the number of its bytes.
   *
   * @param in over an array, so that it tells how many bytes there are
   * @throws EOFException where there are fewer
   */
  static String text(DataInputStream in) throws IOException {
    return text(in, WritableUtils.readVInt(in));
  }

  private static String text(DataInputStream in, int length) throws IOException {
    if (length < 0 || length > in.available()) {
      throw new EOFException("a text of %d bytes".formatted(length));
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
