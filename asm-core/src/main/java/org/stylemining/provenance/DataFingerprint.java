package org.stylemining.provenance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.stylemining.dataset.FileTree;

/**
 * Which data a run saw: enough to notice that a folder is not the one it was, without reading its
 * images.
 *
 * @param name what the set is for and what it is, such as {@code source gta5}
 * @param root folder of the set
 * @param files number of files below it
 * @param bytes of all of them
 * @param listing SHA-256, in hexadecimal, of the lines {@code path TAB length LF} of all files in
 *     the order of their paths, which are relative to the root
 */
public record DataFingerprint(String name, String root, long files, long bytes, String listing) {

  /**
   * Lists a folder, or a single file. Hidden files and folders (names that start with {@code .} or
   * {@code _}) do not count.
   *
   * @param name what the set is for and what it is
   * @throws IOException where there is no such folder
   */
  public static DataFingerprint of(String name, FileSystem fileSystem, Path root)
      throws IOException {
    Path base = fileSystem.makeQualified(root);
    SortedMap<String, Long> lengths = new TreeMap<>();
    FileTree.forEach(
        fileSystem,
        base,
        file -> {
          String path = base.toUri().relativize(file.getPath().toUri()).getPath();
          if (!FileTree.isHidden(path)) {
            lengths.put(path, file.getLen());
          }
        });
    return of(name, base.toString(), lengths);
  }

  /**
   * Files that are listed already.
   *
   * @param root of the set
   * @param lengths bytes by path relative to the root, sorted by path
   */
  public static DataFingerprint of(String name, String root, SortedMap<String, Long> lengths) {
    MessageDigest digest = sha256();
    lengths.forEach(
        (path, length) ->
            digest.update((path + "\t" + length + "\n").getBytes(StandardCharsets.UTF_8)));
    return new DataFingerprint(
        name,
        root,
        lengths.size(),
        lengths.values().stream().mapToLong(Long::longValue).sum(),
        HexFormat.of().formatHex(digest.digest()));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
