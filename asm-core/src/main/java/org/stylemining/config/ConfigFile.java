package org.stylemining.config;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;

/**
 * The text of a configuration file.
 *
 * @param name path or URI, as messages give it
 * @param text its content
 */
record ConfigFile(String name, String text) {
  private static final Pattern URI_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final String SUFFIX = ".conf";

  /**
   * Finds what a user named: a URI, a local file, or an experiment in a folder.
   *
   * @param experiments folder of experiments, empty where there is none
   * @throws UserMistake where it cannot be read
   */
  static ConfigFile find(String named, Optional<Path> experiments, Configuration hadoop) {
    List<String> candidates = new ArrayList<>(List.of(named));
    boolean bare = !named.contains("/") && !isUri(named);
    if (bare && experiments.isPresent()) {
      String file = named.endsWith(SUFFIX) ? named : named + SUFFIX;
      candidates.add(experiments.get().resolve(file).toString());
    }
    for (String candidate : candidates) {
      Optional<ConfigFile> file = open(candidate, hadoop);
      if (file.isPresent()) {
        return file.get();
      }
    }
    throw new UserMistake(
        "No such configuration: "
            + named
            + ". Looked for "
            + String.join(" and ", candidates)
            + experiments.map(folder -> known(named, folder)).orElse(""));
  }

  /**
   * The file at a path or URI, or empty where there is none.
   *
   * @throws UserMistake where it cannot be read
   */
  static Optional<ConfigFile> open(String path, Configuration hadoop) {
    try {
      return Optional.of(new ConfigFile(path, isUri(path) ? fetch(path, hadoop) : load(path)));
    } catch (FileNotFoundException | java.nio.file.NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new UserMistake(
          "Cannot read the configuration " + path + ": expected a text file, found " + e, e);
    }
  }

  /** The path of a file named beside this one. */
  String sibling(String other) {
    if (isUri(other)) {
      return other;
    }
    if (isUri(name)) {
      return new org.apache.hadoop.fs.Path(new org.apache.hadoop.fs.Path(name).getParent(), other)
          .toString();
    }
    return Path.of(name).resolveSibling(other).toString();
  }

  private static boolean isUri(String path) {
    return URI_SCHEME.matcher(path).matches();
  }

  private static String load(String path) throws IOException {
    Path file = Path.of(path);
    if (Files.isDirectory(file)) {
      throw new IOException("a folder");
    }
    return Files.readString(file);
  }

  private static String fetch(String uri, Configuration hadoop) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(uri);
    FileSystem files = path.getFileSystem(hadoop);
    try (FSDataInputStream in = files.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Names of the experiments in a folder, sorted.
   *
   * @throws UserMistake where it cannot be listed
   */
  static List<String> experiments(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(SUFFIX) && !file.equals(Includes.REFERENCE))
          .map(file -> file.substring(0, file.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UserMistake("Cannot list the experiments in " + folder + ": " + e, e);
    }
  }

  /** What there is instead of what was named, the nearest first. */
  private static String known(String named, Path folder) {
    List<String> experiments;
    try {
      experiments = experiments(folder);
    } catch (UserMistake mistake) {
      return ". " + mistake.getMessage();
    }
    String word =
        named.endsWith(SUFFIX) ? named.substring(0, named.length() - SUFFIX.length()) : named;
    return NearestWord.to(word, experiments)
            .map(nearest -> ". The nearest experiment is " + nearest)
            .orElse("")
        + ". Experiments in "
        + folder
        + ": "
        + String.join(", ", experiments);
  }
}
