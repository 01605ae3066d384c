package org.stylemining.data;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.stylemining.data.packed.ShardFiles;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.SampleFiles;

/**
 * Files on any file system of Hadoop, each by itself or in a shard of many. Safe for use by several
 * threads.
 */
public final class HadoopFiles implements SampleFiles {
  private final Configuration hadoop;

  public HadoopFiles(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  @Override
  public byte[] bytes(String uri) throws DamagedSample, IOException {
    if (ShardFiles.isInShard(uri)) {
      return ShardFiles.bytes(uri, hadoop);
    }
    return read(uri, FSDataInputStream::readAllBytes);
  }

  @Override
  public byte[] bytes(String uri, long from, int length) throws DamagedSample, IOException {
    if (ShardFiles.isInShard(uri)) {
      return part(uri, ShardFiles.bytes(uri, hadoop), from, length);
    }
    byte[] part = new byte[length];
    return read(
        uri,
        in -> {
          try {
            in.readFully(from, part);
            return part;
          } catch (EOFException e) {
            // Lost connections end so too.
            requireLength(uri, from + length);
            throw e;
          }
        });
  }

  private static byte[] part(String uri, byte[] file, long from, int length) throws DamagedSample {
    if (from + length > file.length) {
      throw truncated(uri, from + length, file.length);
    }
    return Arrays.copyOfRange(file, (int) from, (int) from + length);
  }

  private void requireLength(String uri, long expected) throws DamagedSample, IOException {
    Path path = new Path(uri);
    long found = path.getFileSystem(hadoop).getFileStatus(path).getLen();
    if (found < expected) {
      throw truncated(uri, expected, found);
    }
  }

  private static DamagedSample truncated(String uri, long expected, long found) {
    return new DamagedSample(
        uri, "truncated: expected at least %d bytes, found %d".formatted(expected, found));
  }

  private interface Reading {
    byte[] apply(FSDataInputStream in) throws DamagedSample, IOException;
  }

  private byte[] read(String uri, Reading reading) throws DamagedSample, IOException {
    Path path = new Path(uri);
    try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
      return reading.apply(in);
    } catch (FileNotFoundException e) {
      throw new DamagedSample(uri, "the file is gone since the set was listed", e);
    } catch (ChecksumException e) {
      throw new DamagedSample(uri, "the file system's checksum is wrong: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException(uri + ": " + e.getMessage(), e);
    }
  }
}
