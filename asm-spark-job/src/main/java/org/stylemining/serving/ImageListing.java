package org.stylemining.serving;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.FileTree;
import org.stylemining.provenance.DataFingerprint;

/**
 * The PNG and JPEG images that a path names: a file, a folder with all below it, or a pattern of
 * Hadoop's ({@code *}, {@code ?}, {@code [a-z]}, <code>{a,b}</code>) for either. Files and folders
 * whose names begin with {@code .} or {@code _} are other programs' notes and are passed over.
 *
 * @param base folder that the images' paths are relative to: the folder named, the folder of the
 *     file named, or the part of a pattern before its first special character
 * @param images by path, sorted
 * @param others files passed over that are no PNG or JPEG by their names
 */
public record ImageListing(String base, List<ListedImage> images, long others) {
  private static final List<String> TYPES = List.of(".png", ".jpg", ".jpeg");
  private static final String SPECIAL = "*?[{\\";

  public ImageListing {
    images = List.copyOf(images);
  }

  /**
   * Lists images.
   *
   * @param input path, URI or pattern
   * @param output folder whose contents are no input, even where it lies in the folder listed
   * @throws UserMistake where there is no such file, or no image among them
   */
  public static ImageListing of(String input, Path output, Configuration hadoop)
      throws IOException {
    Path path;
    FileSystem files;
    try {
      path = new Path(input);
      files = path.getFileSystem(hadoop);
    } catch (IllegalArgumentException | IOException e) {
      throw new UserMistake(
          "--input %s: expected a folder, an image or a pattern: %s"
              .formatted(input, e.getMessage()),
          e);
    }
    path = files.makeQualified(path);
    return new Walk(files, input, output).of(path);
  }

  /** What was seen, for the record of what made the labels. */
  public DataFingerprint fingerprint() {
    SortedMap<String, Long> lengths = new TreeMap<>();
    images.forEach(image -> lengths.put(image.path(), image.bytes()));
    return DataFingerprint.of("input", base, lengths);
  }

  /** The listing of one command. */
  private static final class Walk {
    private final FileSystem files;
    private final String input;
    private final String output;
    private final SortedMap<String, ListedImage> found = new TreeMap<>();
    private long others;

    Walk(FileSystem files, String input, Path output) {
      this.files = files;
      this.input = input;
      this.output = output.toString();
    }

    ImageListing of(Path path) throws IOException {
      List<FileStatus> named = new ArrayList<>();
      Path base;
      // A name may hold characters that are special in a pattern.
      FileStatus literal = status(path);
      if (literal != null) {
        named.add(literal);
        base = literal.isDirectory() ? path : path.getParent();
      } else {
        base = fixedPart(path);
        named.addAll(matches(path));
      }
      String prefix = base.toString().endsWith("/") ? base.toString() : base + "/";
      for (FileStatus status : named) {
        if (status.isDirectory()) {
          walk(status.getPath(), prefix);
        } else {
          add(status, prefix);
        }
      }
      if (found.isEmpty()) {
        throw new UserMistake(
            "--input %s: expected PNG or JPEG images (.png, .jpg, .jpeg), found %s"
                .formatted(
                    input, others == 0 ? "no file" : "none among %d files".formatted(others)));
      }
      return new ImageListing(base.toString(), new ArrayList<>(found.values()), others);
    }

    private FileStatus status(Path path) throws IOException {
      try {
        return files.getFileStatus(path);
      } catch (FileNotFoundException e) {
        return null;
      }
    }

    private List<FileStatus> matches(Path pattern) throws IOException {
      FileStatus[] matched;
      try {
        matched = files.globStatus(pattern);
      } catch (IOException e) {
        throw new UserMistake(
            "--input %s: expected a pattern, such as %s/*.jpg: %s"
                .formatted(input, fixedPart(pattern), e.getMessage()),
            e);
      }
      String last = pattern.getName();
      List<FileStatus> shown = new ArrayList<>();
      for (FileStatus status : matched == null ? new FileStatus[0] : matched) {
        String name = status.getPath().getName();
        if (!FileTree.isHidden(name) || last.startsWith(name.substring(0, 1))) {
          shown.add(status);
        }
      }
      if (shown.isEmpty()) {
        throw new UserMistake(
            "--input %s: there is no such file or folder%s"
                .formatted(input, isPattern(pattern) ? ", nor one that fits the pattern" : ""));
      }
      return shown;
    }

    private void walk(Path folder, String prefix) throws IOException {
      // Not listFiles(folder, true): that would list what is passed over here.
      RemoteIterator<FileStatus> entries = files.listStatusIterator(folder);
      while (entries.hasNext()) {
        FileStatus entry = entries.next();
        if (FileTree.isHidden(entry.getPath().getName())
            || entry.getPath().toString().equals(output)) {
          continue;
        }
        if (entry.isDirectory()) {
          walk(entry.getPath(), prefix);
        } else {
          add(entry, prefix);
        }
      }
    }

    private void add(FileStatus file, String prefix) {
      String path = file.getPath().toString();
      String lower = path.toLowerCase(Locale.ROOT);
      if (TYPES.stream().noneMatch(lower::endsWith)) {
        others++;
        return;
      }
      String relative = path.substring(prefix.length());
      found.put(relative, new ListedImage(relative, file.getLen(), file.getModificationTime()));
    }

    private static boolean isPattern(Path path) {
      return path.toUri().getPath().chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
    }

    /** The folders before the first special character. */
    private static Path fixedPart(Path pattern) {
      Path fixed = pattern;
      while (fixed.getParent() != null && isPattern(fixed)) {
        fixed = fixed.getParent();
      }
      return fixed.equals(pattern) && fixed.getParent() != null ? fixed.getParent() : fixed;
    }
  }
}
