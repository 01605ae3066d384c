package org.stylemining.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stylemining.config.UserMistake;

/**
 * Checks made before work begins, all of them, so that every mistake is told at once, and once
 * only.
 */
final class Checks {
  private final List<String> mistakes = new ArrayList<>();

  /** Something that is read or listed, or is a mistake. */
  interface Check<T> {
    T get() throws IOException;
  }

  /** Makes a check; empty where it finds a mistake. */
  <T> Optional<T> find(Check<T> check) throws IOException {
    try {
      return Optional.of(check.get());
    } catch (UserMistake mistake) {
      if (!mistakes.contains(mistake.getMessage())) {
        mistakes.add(mistake.getMessage());
      }
      return Optional.empty();
    }
  }

  /** Makes a check that finds nothing but mistakes. */
  void require(Runnable check) throws IOException {
    find(
        () -> {
          check.run();
          return true;
        });
  }

  /**
   * Ends the checks.
   *
   * @throws UserMistake with every mistake found, each on a line of its own
   */
  void done() {
    if (!mistakes.isEmpty()) {
      throw new UserMistake(String.join("\n", mistakes));
    }
  }
}
