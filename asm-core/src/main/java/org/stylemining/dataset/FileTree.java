package org.stylemining.dataset;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The files below a folder, at any depth, listed the way that is quickest where they lie: in pages
 * of the whole tree on HDFS and object stores ({@link FileSystem#listFiles}), folder by folder on a
 * local file system, of which Hadoop would ask the owner and rights of each file by a process.
 */
public final class FileTree {
  private FileTree() {}

  /**
   * Hands each file to {@code action}, in no certain order.
   *
   * @param base a folder, or a file, which is then handed on itself
   * @throws FileNotFoundException where there is none
   * @throws IOException where the file system fails
   */
  public static void forEach(FileSystem files, Path base, Consumer<FileStatus> action)
      throws IOException {
    if (files instanceof LocalFileSystem) {
      walk(files, base, action);
      return;
    }
    RemoteIterator<LocatedFileStatus> entries = files.listFiles(base, true);
    while (entries.hasNext()) {
      action.accept(entries.next());
    }
  }

  /**
   * Whether a file belongs to other programs: its name, or a folder's on the way to it, begins with
   * a dot or an underscore, as .DS_Store, _SUCCESS and macOS's ._x.png do.
   *
   * @param path a name, or a path from the folder that is listed
   */
  public static boolean isHidden(String path) {
    return path.startsWith(".")
        || path.startsWith("_")
        || path.contains("/.")
        || path.contains("/_");
  }

  private static void walk(FileSystem files, Path base, Consumer<FileStatus> action)
      throws IOException {
    for (FileStatus entry : files.listStatus(base)) {
      if (entry.isDirectory()) {
        walk(files, entry.getPath(), action);
      } else {
        action.accept(entry);
      }
    }
  }
}
