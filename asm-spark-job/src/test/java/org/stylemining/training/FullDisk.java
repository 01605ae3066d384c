package org.stylemining.training;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.stylemining.LocalFilesElsewhere;

/** Local files on a disk that is full from time to time: it takes some bytes, then no more. */
public final class FullDisk extends LocalFilesElsewhere {
  private static final String SCHEME = "fulldisk";

  /** Bytes that can still be written. */
  static volatile long room = Long.MAX_VALUE;

  @Override
  public String getScheme() {
    return SCHEME;
  }

  static Configuration configuration() {
    return configuration(SCHEME, FullDisk.class);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return limited(super.create(file, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return limited(
        super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream append(Path file, int bufferSize, Progressable progress)
      throws IOException {
    return limited(super.append(file, bufferSize, progress));
  }

  private static FSDataOutputStream limited(FSDataOutputStream out) throws IOException {
    return new FSDataOutputStream(new Limited(out), null);
  }

  private static final class Limited extends FilterOutputStream {
    Limited(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      int fits = (int) Math.min(room, length);
      out.write(bytes, from, fits);
      room -= room == Long.MAX_VALUE ? 0 : fits;
      if (fits < length) {
        throw new IOException("No space left on device");
      }
    }
  }
}
