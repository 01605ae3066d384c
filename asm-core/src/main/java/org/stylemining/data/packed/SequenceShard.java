package org.stylemining.data.packed;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A SequenceFile of paths (Text) and bytes (BytesWritable), uncompressed or with each record
 * compressed by itself.
 *
 * <p>Records are not found by Hadoop's reader, which takes the lengths at any place it is sent to
 * for true, and reads every value that it passes over. A record is (Hadoop 3.3, {@code
 * SequenceFile}): where a sync mark is due, the int -1 and 16 bytes; the int length of key and
 * value, the int length of the key; key; value.
 */
final class SequenceShard implements Shard {
  private static final int SYNC_ESCAPE = -1;

  private final ShardStream stream;
  private final SequenceHeader header;

  private SequenceShard(ShardStream stream, SequenceHeader header) {
    this.stream = stream;
    this.header = header;
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
      return new SequenceShard(stream, SequenceHeader.read(stream, hadoop));
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  /** All files in it; of each its key is read, its bytes are passed over. */
  List<PackedFile> files() throws IOException {
    List<PackedFile> files = new ArrayList<>();
    long position = header.length();
    while (position < stream.getLength()) {
      Place place = place(position);
      int length = place.valueLength - (header.codec().isPresent() ? 0 : Integer.BYTES);
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
      if (position < header.length() || position >= end) {
        throw new BrokenShard(
            "the shard has no byte %d: it is %d bytes long".formatted(position, end));
      }
      in.seek(position);
      int length = in.readInt();
      if (length == SYNC_ESCAPE) {
        in.seek(in.getPos() + SequenceHeader.SYNC_BYTES);
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
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return SequenceHeader.text(in);
    } catch (IOException | RuntimeException e) {
      throw new BrokenShard("the record's key is no text: " + e.getMessage(), e);
    }
  }

  /** A BytesWritable's bytes: they stand behind their number. */
  private byte[] value(byte[] stored) throws BrokenShard {
    InputStream raw = new ByteArrayInputStream(stored);
    try (DataInputStream in =
        new DataInputStream(
            header.codec().isPresent() ? header.codec().get().createInputStream(raw) : raw)) {
      int length = in.readInt();
      if (header.codec().isEmpty() && length != stored.length - Integer.BYTES) {
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
    stream.close();
  }
}
