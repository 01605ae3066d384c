package org.stylemining.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * What a small text file says, read again only where the file has changed. While it is just being
 * written, and cannot be understood, what it said before stands.
 */
final class KnownFile<T> {
  private final Function<String, T> reader;
  private Path file;
  private long length;
  private long time;
  private Optional<T> said = Optional.empty();

  /**
   * @param reader understands the text, or throws an {@link IllegalArgumentException}
   */
  KnownFile(Function<String, T> reader) {
    this.reader = reader;
  }

  /** What a file says now; empty where there is none, or it was never understood. */
  Optional<T> now(RunFolder run, Path asked) throws IOException {
    FileStatus status;
    try {
      status = run.fileSystem().getFileStatus(asked);
    } catch (FileNotFoundException e) {
      file = null;
      said = Optional.empty();
      return said;
    }
    if (asked.equals(file) && length == status.getLen() && time == status.getModificationTime()) {
      return said;
    }
    if (!asked.equals(file)) {
      said = Optional.empty();
    }
    try {
      said = Optional.ofNullable(reader.apply(run.read(asked)));
      file = asked;
      length = status.getLen();
      time = status.getModificationTime();
    } catch (FileNotFoundException | IllegalArgumentException e) {
      // Replaced at this moment; looked at again the next time.
      file = said.isPresent() ? asked : null;
      length = -1;
    }
    return said;
  }
}
