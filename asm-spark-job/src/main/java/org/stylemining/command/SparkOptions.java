package org.stylemining.command;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options of spark-submit, which stand before the command; {@code bin/asm} knows the same ones.
 */
final class SparkOptions {
  /** Those that have a value. */
  static final Set<String> WITH_VALUE =
      Set.of(
          "--archives",
          "--class",
          "--conf",
          "-c",
          "--deploy-mode",
          "--driver-class-path",
          "--driver-cores",
          "--driver-java-options",
          "--driver-library-path",
          "--driver-memory",
          "--exclude-packages",
          "--executor-cores",
          "--executor-memory",
          "--files",
          "--jars",
          "--keytab",
          "--kill",
          "--master",
          "--name",
          "--num-executors",
          "--packages",
          "--principal",
          "--properties-file",
          "--proxy-user",
          "--py-files",
          "--queue",
          "--remote",
          "--repositories",
          "--status",
          "--total-executor-cores");

  /** Those without one. */
  static final Set<String> SWITCHES = Set.of("--supervise", "--verbose", "-v");

  private SparkOptions() {}

  static boolean has(String name) {
    return WITH_VALUE.contains(name) || SWITCHES.contains(name);
  }

  /** All of them, sorted. */
  static Set<String> all() {
    Set<String> all = new TreeSet<>(WITH_VALUE);
    all.addAll(SWITCHES);
    return all;
  }

  /** Where the command stands among words: behind Spark's options and their values. */
  static int before(List<String> words) {
    int place = 0;
    while (place < words.size()) {
      String word = words.get(place);
      if (WITH_VALUE.contains(word)) {
        place += 2;
      } else if (SWITCHES.contains(word) || has(name(word))) {
        place++;
      } else {
        break;
      }
    }
    return Math.min(place, words.size());
  }

  private static String name(String word) {
    return word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
  }
}
