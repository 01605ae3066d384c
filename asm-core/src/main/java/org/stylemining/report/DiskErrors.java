package org.stylemining.report;

import java.io.IOException;
import org.apache.hadoop.fs.FSError;

/**
 * Hadoop's local file system wraps what the disk says to a write, such as that it is full, into an
 * {@link Error}; here it is the {@link IOException} again that every other file system throws.
 */
public final class DiskErrors {
  private DiskErrors() {}

  /** Work with files that gives something. */
  public interface Work<T> {
    T run() throws IOException;
  }

  /** Work with files. */
  public interface Writing {
    void run() throws IOException;
  }

  /** Does the work; every failure of a file system is an IOException. */
  public static <T> T asExceptions(Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (FSError e) {
      throw new IOException(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
    }
  }

  /** The same for work that gives nothing. */
  public static void inWriting(Writing writing) throws IOException {
    asExceptions(
        () -> {
          writing.run();
          return true;
        });
  }
}
