package org.stylemining.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;

/**
 * Where a data set lies.
 *
 * @param key of its block in the configuration, such as {@code data.sources[0]}, for messages
 * @param files the file system of {@code root}
 * @param root folder of the set, in its published layout
 * @param split the part asked for; empty: all of it
 * @param sourceIndex index of the set among the configured ones
 */
public record DatasetRoot(
    String key, FileSystem files, Path root, Optional<String> split, int sourceIndex) {

  /**
   * The root that the configuration's {@code key.root} names, on whatever file system its URI
   * names.
   *
   * @throws UserMistake where the root is empty or no path
   * @throws UncheckedIOException where its file system cannot be reached
   */
  public static DatasetRoot of(
      String key, String root, Optional<String> split, int sourceIndex, Configuration hadoop) {
    if (root == null || root.isBlank()) {
      throw new UserMistake(key + ".root: expected a folder, found none");
    }
    try {
      Path path = new Path(root);
      FileSystem files = path.getFileSystem(hadoop);
      return new DatasetRoot(key, files, files.makeQualified(path), split, sourceIndex);
    } catch (IOException e) {
      throw new UncheckedIOException(key + ".root = " + root + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new UserMistake(key + ".root = " + root + ": not a path: " + e.getMessage());
    }
  }

  /**
   * For sets that come in one piece: a split is a mistake.
   *
   * @param type of the set, for the message
   * @throws UserMistake where a part is asked for
   */
  public void refuseSplit(String type) {
    if (split.isPresent()) {
      throw new UserMistake(
          "%s.split = %s: sets of type %s have no parts; leave it out"
              .formatted(key, split.get(), type));
    }
  }
}
