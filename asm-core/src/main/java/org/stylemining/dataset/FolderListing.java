package org.stylemining.dataset;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;

/**
 * The files below a data set's root, sorted, with the root's mistakes told by name. Files and
 * folders whose names begin with a dot or an underscore are left out.
 */
public final class FolderListing {
  private static final int NAMED = 5;

  private final DatasetRoot root;

  /**
   * Checks that the root is a folder.
   *
   * @throws UserMistake where it is none
   * @throws IOException where the file system fails
   */
  public FolderListing(DatasetRoot root) throws IOException {
    this.root = root;
    try {
      if (!root.files().getFileStatus(root.root()).isDirectory()) {
        throw new UserMistake(
            "%s.root = %s: expected a folder, found a file".formatted(root.key(), root.root()));
      }
    } catch (FileNotFoundException e) {
      throw new UserMistake(
          "%s.root = %s: there is no such folder".formatted(root.key(), root.root()), e);
    }
  }

  /** All files below the root, at any depth. */
  public List<Path> all() throws IOException {
    return sorted(root.root());
  }

  /**
   * All files below {@code folder} of the root, or below its part {@code split}, at any depth.
   *
   * @throws UserMistake where there is no such folder, saying which there are
   * @throws IOException where the file system fails
   */
  public List<Path> below(String folder, Optional<String> split) throws IOException {
    Path path = new Path(root.root(), folder);
    if (!isFolder(path)) {
      throw new UserMistake(
          "%s.root = %s: expected a folder %s in it, found %s"
              .formatted(root.key(), root.root(), folder, folders(root.root())));
    }
    if (split.isPresent()) {
      Path part = new Path(path, split.get());
      if (!isFolder(part)) {
        throw new UserMistake(
            "%s.split = %s: there is no folder %s; %s has %s"
                .formatted(root.key(), split.get(), part, path, folders(path)));
      }
      path = part;
    }
    return sorted(path);
  }

  private boolean isFolder(Path path) throws IOException {
    try {
      return root.files().getFileStatus(path).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private String folders(Path path) throws IOException {
    List<String> names =
        Arrays.stream(root.files().listStatus(path))
            .filter(FileStatus::isDirectory)
            .map(status -> status.getPath().getName())
            .sorted()
            .toList();
    return names.isEmpty() ? "no folder" : firstFew(names);
  }

  private List<Path> sorted(Path folder) throws IOException {
    List<Path> paths = new ArrayList<>();
    int start = folder.toString().length();
    FileTree.forEach(
        root.files(),
        folder,
        file -> {
          if (!FileTree.isHidden(file.getPath().toString().substring(start))) {
            paths.add(file.getPath());
          }
        });
    Collections.sort(paths);
    return paths;
  }

  /** For messages: up to five of the names, and how many there are. */
  public static String firstFew(List<String> names) {
    String few = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() <= NAMED ? few : few + ", ... (" + names.size() + " in all)";
  }
}
