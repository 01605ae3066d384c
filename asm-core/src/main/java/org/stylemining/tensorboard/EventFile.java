package org.stylemining.tensorboard;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/** One event file, open for writing. */
final class EventFile implements Closeable {
  private final FSDataOutputStream out;

  private EventFile(FSDataOutputStream out) {
    this.out = out;
  }

  /**
   * Makes a file, over one of the same name.
   *
   * @param folder made where it is missing
   * @param seconds since 1970: TensorBoard reads files in the order of their names
   * @param name of its writer, without a slash
   */
  static EventFile make(FileSystem fileSystem, Path folder, double seconds, String name)
      throws IOException {
    // Files beside it with checksums would be stale whenever TensorBoard reads along.
    FileSystem files = fileSystem instanceof LocalFileSystem local ? local.getRaw() : fileSystem;
    files.mkdirs(folder);
    FSDataOutputStream out =
        files.create(
            new Path(
                folder,
                String.format(Locale.ROOT, "events.out.tfevents.%010d.%s", (long) seconds, name)),
            true);
    try {
      RecordFraming.write(out, Event.version(seconds));
      return new EventFile(out);
    } catch (IOException e) {
      out.close();
      throw e;
    }
  }

  /** Whether what is written can be read before the file is closed. */
  boolean isReadAlong() {
    return out.hasCapability(StreamCapabilities.HFLUSH);
  }

  /** That the run goes on from a step: what was told of it and later ones no longer counts. */
  void start(double seconds, long step) throws IOException {
    RecordFraming.write(out, Event.start(seconds, step));
  }

  void write(double seconds, long step, List<Scalar> scalars) throws IOException {
    RecordFraming.write(out, Event.scalars(seconds, step, scalars));
  }

  void flush() throws IOException {
    out.hflush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
