package org.stylemining.data.packed;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;

/**
 * A SequenceFile of paths (Text) and bytes (BytesWritable), uncompressed or with each record
 * compressed by itself.
 *
 * <p>Hadoop's reader reads the header. Records are found here, since that reader takes the lengths
 * at any place it is sent to for true, and reads every value that it passes over. A record is
 * (Hadoop 3.3, {@code SequenceFile}): where a sync mark is due, the int -1 and 16 bytes; the int
 * length of key and value, the int length of the key; key; value.
 */
final class SequenceShard implements Shard {
  private static final byte[] MAGIC = {'S', 'E', 'Q'};
  private static final int SYNC_ESCAPE = -1;
  private static final int SYNC_BYTES = 16;

  private final ShardStream stream;
  private final SequenceFile.Reader header;
  private final long first;

  private SequenceShard(ShardStream stream, SequenceFile.Reader header) throws IOException {
    this.stream = stream;
    this.header = header;
    this.first = header.getPosition();
  }

  /**
   * A record's key and its value as it is stored.
   *
   * @param next where the record behind it begins
   */
  private record Place(int keyLength, int valueLength, long keyAt, long next) {}

  /**
   * Opens a file and checks what it is.
   *
   * @throws BrokenShard where it is no such SequenceFile
   */
  static SequenceShard open(FileSystem files, Path path, Configuration hadoop) throws IOException {
    ShardStream stream = ShardStream.open(files, path);
    try {
      return new SequenceShard(stream, header(stream, hadoop));
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  private static SequenceFile.Reader header(ShardStream stream, Configuration hadoop)
      throws IOException {
    FSDataInputStream in = stream.data();
    byte[] magic = new byte[MAGIC.length];
    try {
      in.readFully(0, magic);
    } catch (EOFException e) {
      throw new BrokenShard("not a SequenceFile: %d bytes".formatted(stream.getLength()), e);
    }
    if (!Arrays.equals(magic, MAGIC)) {
      throw new BrokenShard("not a SequenceFile: it does not begin with SEQ");
    }
    SequenceFile.Reader reader;
    try {
      reader =
          new SequenceFile.Reader(
              hadoop,
              SequenceFile.Reader.stream(in),
              SequenceFile.Reader.length(stream.getLength()));
    } catch (IOException e) {
      throw BrokenShard.of("the SequenceFile's header", e);
    } catch (RuntimeException e) {
      throw new BrokenShard("the SequenceFile's header cannot be read: " + e, e);
    }
    if (!reader.getKeyClassName().equals(Text.class.getName())
        || !reader.getValueClassName().equals(BytesWritable.class.getName())) {
      throw new BrokenShard(
          "a SequenceFile of (%s, %s); expected (%s: the path, %s: the file's bytes)"
              .formatted(
                  reader.getKeyClassName(),
                  reader.getValueClassName(),
                  Text.class.getName(),
                  BytesWritable.class.getName()));
    }
    if (reader.isBlockCompressed()) {
      throw new BrokenShard(
          "a SequenceFile with blocks of records compressed together, of which none can be read alone; expected the compression NONE or RECORD");
    }
    return reader;
  }

  /** All files in it; of each its key is read, its bytes are passed over. */
  List<PackedFile> files() throws IOException {
    List<PackedFile> files = new ArrayList<>();
    long position = first;
    while (position < stream.getLength()) {
      Place place = place(position);
      int length = place.valueLength - (header.isCompressed() ? 0 : Integer.BYTES);
      files.add(new PackedFile(key(place), position, length, null));
      position = place.next;
    }
    return files;
  }

  @Override
  public byte[] read(ShardAddress address) throws IOException {
    Place place = place(address.position());
    String key = key(place);
    if (!key.equals(address.path())) {
      throw new BrokenShard(
          "at this position lies %s: the shard is not the one that was listed".formatted(key));
    }
    byte[] stored = new byte[place.valueLength];
    stream.data().seek(place.keyAt + place.keyLength);
    stream.data().readFully(stored);
    return value(stored);
  }

  private Place place(long position) throws IOException {
    FSDataInputStream in = stream.data();
    long end = stream.getLength();
    try {
      if (position < first || position >= end) {
        throw new BrokenShard(
            "the shard has no byte %d: it is %d bytes long".formatted(position, end));
      }
      in.seek(position);
      int length = in.readInt();
      if (length == SYNC_ESCAPE) {
        in.seek(in.getPos() + SYNC_BYTES);
        length = in.readInt();
      }
      int keyLength = in.readInt();
      long keyAt = in.getPos();
      if (keyLength < 1 || length < keyLength) {
        throw new BrokenShard("no record begins at byte %d".formatted(position));
      }
      if (keyAt + length > end) {
        throw new BrokenShard(
            "the record ends at byte %d, the shard at byte %d".formatted(keyAt + length, end));
      }
      return new Place(keyLength, length - keyLength, keyAt, keyAt + length);
    } catch (EOFException e) {
      throw new BrokenShard("the shard ends within the record at byte " + position, e);
    }
  }

  private String key(Place place) throws IOException {
    byte[] bytes = new byte[place.keyLength];
    stream.data().seek(place.keyAt);
    stream.data().readFully(bytes);
    Text key = new Text();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      key.readFields(in);
      return key.toString();
    } catch (IOException | RuntimeException e) {
      throw new BrokenShard("the record's key is no text: " + e.getMessage(), e);
    }
  }

  /** A BytesWritable's bytes: they stand behind their number. */
  private byte[] value(byte[] stored) throws BrokenShard {
    InputStream raw = new ByteArrayInputStream(stored);
    try (DataInputStream in =
        new DataInputStream(
            header.isCompressed() ? header.getCompressionCodec().createInputStream(raw) : raw)) {
      int length = in.readInt();
      if (!header.isCompressed() && length != stored.length - Integer.BYTES) {
        throw new BrokenShard(
            "the record's value tells of %d bytes and has %d"
                .formatted(length, stored.length - Integer.BYTES));
      }
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new BrokenShard(
            "the record's value tells of %d bytes and has %d".formatted(length, bytes.length));
      }
      return bytes;
    } catch (BrokenShard e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new BrokenShard("the record's value cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void rest() {
    stream.rest();
  }

  @Override
  public void close() throws IOException {
    header.close();
    stream.close();
  }
}
