package org.stylemining.data.packed;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.dataset.DamagedSample;

/**
 * Reads files out of shards. Shards stay open for the next reading: up to {@value #MOST_KEPT} of
 * this JVM that are not in use, without connections or buffers where the file system can give them
 * up (HDFS and S3A can). Safe for use by several threads.
 */
public final class ShardFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ShardFiles.class);
  private static final int MOST_KEPT = 64;

  /** Least lately used first. One for the JVM, so that no number of readers keeps more open. */
  private static final Deque<Kept> KEPT = new ArrayDeque<>();

  private ShardFiles() {}

  private record Kept(FileSystem files, String shard, Column column, Shard open) {
    boolean isFor(FileSystem wanted, ShardAddress address) {
      return files == wanted && shard.equals(address.shard()) && column == address.column();
    }
  }

  /** Whether a URI names a file in a shard. */
  public static boolean isInShard(String uri) {
    return ShardAddress.of(uri).isPresent();
  }

  /**
   * The bytes of a file in a shard.
   *
   * @param uri as a packed set's samples have it
   * @throws DamagedSample where the shard is gone or cut short, or where something else lies at its
   *     place; the path that it tells names shard, position and file
   * @throws IOException where the file system fails; the message names the file
   */
  public static byte[] bytes(String uri, Configuration hadoop) throws DamagedSample, IOException {
    ShardAddress address =
        ShardAddress.of(uri)
            .orElseThrow(() -> new IllegalArgumentException(uri + " is in no shard"));
    try {
      FileSystem files = new Path(address.shard()).getFileSystem(hadoop);
      Optional<byte[]> found = fromKept(files, address);
      return found.isPresent() ? found.get() : fromOpened(files, address, hadoop);
    } catch (FileNotFoundException e) {
      throw new DamagedSample(uri, "the shard is gone since the set was listed", e);
    } catch (ChecksumException e) {
      throw new DamagedSample(uri, "the file system's checksum is wrong: " + e.getMessage(), e);
    } catch (BrokenShard e) {
      throw new DamagedSample(uri, e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException(uri + ": " + e.getMessage(), e);
    }
  }

  /** Empty where none is open, or the open one fails: the file may be another by now. */
  private static Optional<byte[]> fromKept(FileSystem files, ShardAddress address) {
    Shard shard = take(files, address);
    if (shard == null) {
      return Optional.empty();
    }
    try {
      byte[] bytes = checked(shard.read(address), address);
      keep(new Kept(files, address.shard(), address.column(), shard));
      return Optional.of(bytes);
    } catch (IOException | RuntimeException e) {
      LOG.debug("{}: is opened again", address, e);
      close(shard);
      return Optional.empty();
    }
  }

  private static byte[] fromOpened(FileSystem files, ShardAddress address, Configuration hadoop)
      throws IOException {
    Shard shard = Shard.open(address, files, hadoop);
    try {
      byte[] bytes = checked(shard.read(address), address);
      keep(new Kept(files, address.shard(), address.column(), shard));
      return bytes;
    } catch (IOException | RuntimeException e) {
      close(shard);
      throw e;
    }
  }

  private static byte[] checked(byte[] bytes, ShardAddress address) throws BrokenShard {
    if (address.checksum().isPresent() && Checksum.of(bytes) != address.checksum().get()) {
      throw new BrokenShard(
          "%d bytes with the CRC-32C %s; expected %s"
              .formatted(
                  bytes.length,
                  Checksum.text(Checksum.of(bytes)),
                  Checksum.text(address.checksum().get())));
    }
    return bytes;
  }

  private static Shard take(FileSystem files, ShardAddress address) {
    synchronized (KEPT) {
      Iterator<Kept> all = KEPT.descendingIterator();
      while (all.hasNext()) {
        Kept kept = all.next();
        if (kept.isFor(files, address)) {
          all.remove();
          return kept.open();
        }
      }
      return null;
    }
  }

  private static void keep(Kept shard) {
    shard.open().rest();
    Kept oldest = null;
    synchronized (KEPT) {
      KEPT.addLast(shard);
      if (KEPT.size() > MOST_KEPT) {
        oldest = KEPT.removeFirst();
      }
    }
    if (oldest != null) {
      close(oldest.open());
    }
  }

  private static void close(Shard shard) {
    try {
      shard.close();
    } catch (IOException e) {
      LOG.debug("could not close a shard", e);
    }
  }
}
