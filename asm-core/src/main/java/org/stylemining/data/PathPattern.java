package org.stylemining.data;

import java.io.Serial;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern of paths below a folder, such as <code>rgb/**&#47;{name}_rgb.png</code>: {@code *} and
 * {@code ?} stand for any characters or one, {@code **} for any folders, a word in braces for one
 * or more characters that are told by its name; none of them but {@code **} for a slash.
 */
final class PathPattern implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** The word that stands for the part of a set that is asked for. */
  static final String SPLIT = "split";

  private static final Pattern TOKEN =
      Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)}|([*?])|([^*?{}]+)");

  private static final Pattern OPEN = Pattern.compile("[*?{]");

  private final String text;

  /** What a pattern cannot be; the message says what is expected instead. */
  static final class Malformed extends Exception {
    @Serial private static final long serialVersionUID = 1;

    Malformed(String expected) {
      super(expected);
    }
  }

  /**
   * Reads a pattern.
   *
   * @throws Malformed where it is none
   */
  PathPattern(String text) throws Malformed {
    this.text = text;
    for (String part : parts()) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new Malformed("a path relative to the set's root, without empty parts, . and ..");
      }
      if (!part.equals("**") && part.contains("**")) {
        throw new Malformed("** to stand alone between slashes: it stands for any folders");
      }
      Matcher tokens = TOKEN.matcher(part);
      int end = 0;
      while (tokens.find() && tokens.start() == end) {
        end = tokens.end();
      }
      if (end < part.length()) {
        throw new Malformed(
            "each { to begin a word of letters and digits that } closes, as in {name}");
      }
    }
  }

  /** The words in braces. */
  Set<String> words() {
    Set<String> words = new LinkedHashSet<>();
    Matcher tokens = TOKEN.matcher(text);
    while (tokens.find()) {
      if (tokens.group(1) != null) {
        words.add(tokens.group(1));
      }
    }
    return words;
  }

  /**
   * The folder that all matching paths lie in, as far as the pattern names it; empty where it
   * begins with something open.
   */
  String folder() {
    return String.join("/", fixed());
  }

  /** Whether the part asked for is the folder right below {@link #folder}. */
  boolean hasSplitFolder() {
    int depth = fixed().size();
    return depth > 0 && depth < parts().size() - 1 && parts().get(depth).equals("{" + SPLIT + "}");
  }

  /**
   * Finds out which paths match.
   *
   * @param split the part asked for
   */
  Finder finder(Optional<String> split) {
    Set<String> seen = new LinkedHashSet<>();
    StringBuilder regex = new StringBuilder();
    List<String> parts = parts();
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      if (parts.get(i).equals("**")) {
        regex.append(last ? ".+" : "(?:[^/]+/)*");
      } else {
        append(parts.get(i), split, seen, regex);
        regex.append(last ? "" : "/");
      }
    }
    return new Finder(Pattern.compile(regex.toString(), Pattern.DOTALL), seen);
  }

  private static void append(
      String part, Optional<String> split, Set<String> seen, StringBuilder regex) {
    Matcher tokens = TOKEN.matcher(part);
    while (tokens.find()) {
      String word = tokens.group(1);
      if (word == null) {
        String open = tokens.group(2);
        regex.append(
            open == null ? Pattern.quote(tokens.group(3)) : open.equals("*") ? "[^/]*" : "[^/]");
      } else if (word.equals(SPLIT) && split.isPresent()) {
        regex.append(Pattern.quote(split.get()));
      } else if (seen.add(word)) {
        regex.append("(?<").append(word).append(">[^/]+)");
      } else {
        regex.append("\\k<").append(word).append('>');
      }
    }
  }

  private List<String> fixed() {
    return parts().subList(0, parts().size() - 1).stream()
        .takeWhile(part -> !OPEN.matcher(part).find())
        .toList();
  }

  private List<String> parts() {
    return List.of(text.split("/", -1));
  }

  @Override
  public String toString() {
    return text;
  }

  /** A pattern for one part of a set. */
  record Finder(Pattern regex, Set<String> words) {
    /** What the words stand for in a path relative to the root; empty where it does not match. */
    Optional<Map<String, String>> find(String path) {
      Matcher matcher = regex.matcher(path);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      Map<String, String> found = new TreeMap<>();
      words.forEach(word -> found.put(word, matcher.group(word)));
      return Optional.of(found);
    }
  }
}
