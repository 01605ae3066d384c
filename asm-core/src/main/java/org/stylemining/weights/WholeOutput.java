package org.stylemining.weights;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;

/**
 * A file or folder that is written beside its place and renamed when it is complete, so that it is
 * there whole or not at all. One that is there already is replaced only where that is asked for and
 * it is of the same kind.
 */
public final class WholeOutput {
  private final FileSystem files;
  private final Path place;
  private final Path unfinished;

  /** Of what kind something is that a new output may replace. */
  public interface Kind {
    /** Whether this is of the kind; only looked at. */
    boolean holds(FileSystem files, FileStatus there) throws IOException;
  }

  /** Writes the output to the path it is given, a file or a folder. */
  public interface Content {
    void writeTo(Path unfinished) throws IOException;
  }

  private WholeOutput(FileSystem files, Path place) {
    this.files = files;
    this.place = place;
    this.unfinished = new Path(place.getParent(), "." + place.getName() + ".tmp");
  }

  /**
   * Checks a place before work begins.
   *
   * @param option that named it, for messages
   * @param what the kind is called, such as "an imported generator"
   * @param force whether something of this kind may be replaced
   * @throws UserMistake where something is there that is not to be replaced
   */
  public static WholeOutput at(
      String option, Path place, Configuration hadoop, boolean force, String what, Kind kind)
      throws IOException {
    FileSystem found = place.getFileSystem(hadoop);
    // Checksum files beside what others are to read would only confuse.
    FileSystem files = found instanceof LocalFileSystem local ? local.getRaw() : found;
    Path qualified = files.makeQualified(place);
    if (qualified.getParent() == null) {
      throw new UserMistake("%s %s: expected a name in a folder".formatted(option, place));
    }
    try {
      FileStatus there = files.getFileStatus(qualified);
      boolean empty = there.isDirectory() && files.listStatus(qualified).length == 0;
      if (!empty && !kind.holds(files, there)) {
        throw new UserMistake(
            "%s %s: is there already and not %s; choose another name"
                .formatted(option, place, what));
      }
      if (!empty && !force) {
        throw new UserMistake(
            "%s %s: holds %s already; add --force to replace it, or choose another name"
                .formatted(option, place, what));
      }
    } catch (FileNotFoundException e) {
      // As it should be.
    }
    return new WholeOutput(files, qualified);
  }

  /** Where the output will be. */
  public Path place() {
    return place;
  }

  /** The file system that holds it; of a local one, without checksum files. */
  public FileSystem files() {
    return files;
  }

  /**
   * Writes the output and puts it in its place.
   *
   * @throws IOException where the file system fails; what was there before is there still
   */
  public void write(Content content) throws IOException {
    Path old = new Path(place.getParent(), "." + place.getName() + ".old");
    try {
      files.mkdirs(place.getParent());
      files.delete(unfinished, true);
      content.writeTo(unfinished);
      boolean replaces = files.exists(place);
      if (replaces) {
        files.delete(old, true);
        rename(place, old);
      }
      try {
        rename(unfinished, place);
      } catch (IOException e) {
        if (replaces) {
          rename(old, place);
        }
        throw e;
      }
      if (replaces) {
        files.delete(old, true);
      }
    } finally {
      files.delete(unfinished, true);
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException("could not rename " + from + " to " + to);
    }
  }
}
