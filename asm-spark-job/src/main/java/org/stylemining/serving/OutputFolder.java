package org.stylemining.serving;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.stylemining.dataset.FileTree;
import org.stylemining.report.RunFolder;

/**
 * A folder that a job writes into. A file is written in {@link #TEMPORARY} and renamed, so that it
 * appears whole or not at all, and two attempts at the same file leave one of them.
 */
public final class OutputFolder {
  /** Unfinished files; removed when a run begins and when it ends. */
  public static final String TEMPORARY = "_temporary";

  /** Empty; says that the folder is complete. */
  public static final String SUCCESS = "_SUCCESS";

  static final String SUMMARY = "_summary.json";

  /** What made what is in it. */
  public static final String PROVENANCE = "_provenance.json";

  /** What labels that are in it mean. */
  public static final String LABELS = "_labels.json";

  public static final String FAILURES = "_failures.jsonl";

  private final FileSystem files;
  private final String path;
  private final Set<Path> folders = new HashSet<>();

  private OutputFolder(RunFolder folder) {
    this.files = folder.fileSystem();
    this.path = folder.path().toString();
  }

  public static OutputFolder at(String path, Configuration hadoop) throws IOException {
    return new OutputFolder(RunFolder.at(path, hadoop));
  }

  /** Its URI. */
  public String path() {
    return path;
  }

  /** URI of a file in it; a colon in a name is no end of a scheme behind a whole URI. */
  public Path file(String relative) {
    return new Path(path.endsWith("/") ? path + relative : path + "/" + relative);
  }

  /** When each file in it was modified, by relative path; unfinished and empty ones left out. */
  public Map<String, Long> list() throws IOException {
    Map<String, Long> modified = new HashMap<>();
    int start = file("x").toString().length() - 1;
    if (!files.exists(new Path(path))) {
      return modified;
    }
    FileTree.forEach(
        files,
        new Path(path),
        entry -> {
          String relative = entry.getPath().toString().substring(start);
          if (entry.getLen() > 0 && !relative.startsWith(TEMPORARY + "/")) {
            modified.put(relative, entry.getModificationTime());
          }
        });
    return modified;
  }

  /** The present, in milliseconds of the file system's own clock. */
  long now() throws IOException {
    Path trial = write(new byte[] {0});
    long now = files.getFileStatus(trial).getModificationTime();
    files.delete(trial, false);
    return now;
  }

  public Optional<String> read(String relative) throws IOException {
    try (FSDataInputStream in = files.open(file(relative))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  public boolean exists(String relative) throws IOException {
    return files.exists(file(relative));
  }

  public void delete(String relative) throws IOException {
    files.delete(file(relative), false);
  }

  public void removeTemporary() throws IOException {
    files.delete(file(TEMPORARY), true);
  }

  /** Puts a small text in place, over an older one. */
  public void replace(String relative, String text) throws IOException {
    replace(relative, text.getBytes(StandardCharsets.UTF_8), Long.MAX_VALUE);
  }

  /**
   * Puts a file in place.
   *
   * @param since a file that is there already and no older than this is another attempt's at the
   *     same, and stays
   */
  void replace(String relative, byte[] bytes, long since) throws IOException {
    Path target = file(relative);
    if (folders.add(target.getParent())) {
      // Hadoop's local file system says false where others throw.
      if (!files.mkdirs(target.getParent())) {
        throw new IOException("could not make the folder " + target.getParent());
      }
    }
    Path unfinished = write(bytes);
    try {
      if (!renamed(unfinished, target) && !isThere(target, since)) {
        renameOver(unfinished, target);
      }
    } finally {
      files.delete(unfinished, false);
    }
  }

  /** The file system that the folder is on. */
  public FileSystem files() {
    return files;
  }

  /** A name for a file that is not finished: nobody else has it. */
  public Path unfinished() {
    return file(TEMPORARY + "/" + UUID.randomUUID());
  }

  /** Puts a finished file in place, over an older one. */
  public void finish(Path unfinished, String relative) throws IOException {
    Path target = file(relative);
    if (!renamed(unfinished, target)) {
      renameOver(unfinished, target);
    }
  }

  private Path write(byte[] bytes) throws IOException {
    Path unfinished = unfinished();
    try (OutputStream out = files.create(unfinished, false)) {
      out.write(bytes);
    }
    return unfinished;
  }

  /** False where a file is in the way: HDFS does not rename onto one, POSIX does. */
  private boolean renamed(Path unfinished, Path target) throws IOException {
    try {
      return files.rename(unfinished, target);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private boolean isThere(Path target, long since) throws IOException {
    try {
      FileStatus status = files.getFileStatus(target);
      return status.getLen() > 0 && status.getModificationTime() >= since;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private void renameOver(Path unfinished, Path target) throws IOException {
    try {
      FileContext.getFileContext(files.getUri(), files.getConf())
          .rename(unfinished, target, Rename.OVERWRITE);
    } catch (UnsupportedFileSystemException e) {
      files.delete(target, false);
      if (!files.rename(unfinished, target)) {
        throw new IOException("could not rename " + unfinished + " to " + target, e);
      }
    }
  }
}
