package org.stylemining.data.packed;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A file system to list, not to read: the files below one folder are those whose paths were added.
 * A data set's listing finds in it what it would find had the shards been unpacked there.
 */
final class PathTree extends FileSystem {
  private final URI uri;
  private final Path root;
  private final Map<Path, FileStatus> entries = new HashMap<>();
  private final Map<Path, SortedMap<String, FileStatus>> children = new HashMap<>();

  /**
   * @param real the file system that the shards lie on
   * @param root folder, absolute and with its scheme
   */
  PathTree(FileSystem real, Path root) {
    this.uri = real.getUri();
    this.root = root;
    setConf(real.getConf());
    addFolder(root);
  }

  /**
   * Adds a file.
   *
   * @param relative its path below the root
   * @return its whole path
   * @throws IllegalArgumentException where the path leads elsewhere or was added before
   */
  Path add(String relative, long length, long modified) {
    for (String part : relative.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new IllegalArgumentException(
            "expected a path relative to the set's root, such as images/00001.png");
      }
    }
    // A colon in a name is no end of a scheme behind a whole URI.
    Path path = new Path((root.toString().endsWith("/") ? root.toString() : root + "/") + relative);
    if (entries.containsKey(path)) {
      throw new IllegalArgumentException("a second time");
    }
    put(new FileStatus(length, false, 1, 1, modified, path));
    return path;
  }

  private void put(FileStatus status) {
    entries.put(status.getPath(), status);
    if (!status.getPath().equals(root)) {
      addFolder(status.getPath().getParent());
      children.get(status.getPath().getParent()).put(status.getPath().getName(), status);
    }
  }

  private void addFolder(Path path) {
    FileStatus there = entries.get(path);
    if (there != null && there.isFile()) {
      throw new IllegalArgumentException("it is below " + path + ", which is a file");
    }
    if (children.putIfAbsent(path, new TreeMap<>()) == null) {
      put(new FileStatus(0, true, 1, 1, 0, path));
    }
  }

  @Override
  public URI getUri() {
    return uri;
  }

  @Override
  public FileStatus getFileStatus(Path path) throws FileNotFoundException {
    FileStatus status = entries.get(makeQualified(path));
    if (status == null) {
      throw new FileNotFoundException("there is no " + path + " in the shards of " + root);
    }
    return status;
  }

  @Override
  public FileStatus[] listStatus(Path path) throws FileNotFoundException {
    FileStatus status = getFileStatus(path);
    return status.isFile()
        ? new FileStatus[] {status}
        : children.get(status.getPath()).values().toArray(FileStatus[]::new);
  }

  @Override
  public Path getWorkingDirectory() {
    return root;
  }

  @Override
  public void setWorkingDirectory(Path folder) {
    throw listOnly();
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    throw listOnly();
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress) {
    throw listOnly();
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
    throw listOnly();
  }

  @Override
  public boolean rename(Path from, Path to) {
    throw listOnly();
  }

  @Override
  public boolean delete(Path path, boolean recursive) {
    throw listOnly();
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) {
    throw listOnly();
  }

  private UnsupportedOperationException listOnly() {
    return new UnsupportedOperationException(
        "the shards of " + root + " can be listed; their files are read through SampleFiles");
  }
}
