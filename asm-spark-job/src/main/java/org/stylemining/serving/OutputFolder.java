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
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.stylemining.report.RunFolder;

/**
 * The folder that labels are written into. A file is written in {@link #TEMPORARY} and renamed, so
 * that it appears whole or not at all, and two attempts at the same file leave one of them.
 */
final class OutputFolder {
  /** Unfinished files; removed when a run begins and when it ends. */
  static final String TEMPORARY = "_temporary";

  /** Empty; says that the folder is complete. */
  static final String SUCCESS = "_SUCCESS";

  static final String SUMMARY = "_summary.json";
  static final String FAILURES = "_failures.jsonl";

  private final FileSystem files;
  private final String path;
  private final Set<Path> folders = new HashSet<>();

  private OutputFolder(RunFolder folder) {
    this.files = folder.fileSystem();
    this.path = folder.path().toString();
  }

  static OutputFolder at(String path, Configuration hadoop) throws IOException {
    return new OutputFolder(RunFolder.at(path, hadoop));
  }

  /** Its URI. */
  String path() {
    return path;
  }

  /** URI of a file in it; a colon in a name is no end of a scheme behind a whole URI. */
  Path file(String relative) {
    return new Path(path.endsWith("/") ? path + relative : path + "/" + relative);
  }

  /** When each file in it was modified, by relative path; unfinished and empty ones left out. */
  Map<String, Long> list() throws IOException {
    Map<String, Long> modified = new HashMap<>();
    String prefix = file("x").toString();
    prefix = prefix.substring(0, prefix.length() - 1);
    RemoteIterator<LocatedFileStatus> entries;
    try {
      entries = files.listFiles(new Path(path), true);
    } catch (FileNotFoundException e) {
      return modified;
    }
    while (entries.hasNext()) {
      LocatedFileStatus entry = entries.next();
      String relative = entry.getPath().toString().substring(prefix.length());
      if (entry.getLen() > 0 && !relative.startsWith(TEMPORARY + "/")) {
        modified.put(relative, entry.getModificationTime());
      }
    }
    return modified;
  }

  /** The present, in milliseconds of the file system's own clock. */
  long now() throws IOException {
    Path trial = write(new byte[] {0});
    long now = files.getFileStatus(trial).getModificationTime();
    files.delete(trial, false);
    return now;
  }

  Optional<String> read(String relative) throws IOException {
    try (FSDataInputStream in = files.open(file(relative))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  boolean exists(String relative) throws IOException {
    return files.exists(file(relative));
  }

  void delete(String relative) throws IOException {
    files.delete(file(relative), false);
  }

  void removeTemporary() throws IOException {
    files.delete(file(TEMPORARY), true);
  }

  /** Puts a small text in place, over an older one. */
  void replace(String relative, String text) throws IOException {
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

  private Path write(byte[] bytes) throws IOException {
    Path unfinished = file(TEMPORARY + "/" + UUID.randomUUID());
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
