package org.stylemining.config;

import java.util.List;

/** The words mistakes are reported in. */
final class Wording {
  private Wording() {}

  /** One message over all mistakes of a configuration, one a line. */
  static String join(String file, List<String> mistakes) {
    String head =
        mistakes.size() == 1
            ? "Mistake in the configuration " + file + ":"
            : mistakes.size() + " mistakes in the configuration " + file + ":";
    return head + "\n  " + String.join("\n  ", mistakes);
  }

  static String environment(List<String> variables) {
    return (variables.size() == 1 ? "the environment variable " : "the environment variables ")
        + String.join(", ", variables)
        + " or the key itself";
  }
}
