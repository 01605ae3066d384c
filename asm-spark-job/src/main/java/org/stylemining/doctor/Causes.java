package org.stylemining.doctor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** What is behind a failure. */
public final class Causes {
  private Causes() {}

  /** The messages of a failure and of its causes, each once, outermost first. */
  static String of(Throwable failure) {
    List<String> messages = new ArrayList<>();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      String message = at.getMessage();
      messages.add(
          message == null || message.isBlank()
              ? at.getClass().getSimpleName()
              : message.lines().findFirst().orElseThrow().strip());
    }
    return String.join("; ", new LinkedHashSet<>(messages));
  }

  /** The message of the innermost cause. */
  static String root(Throwable failure) {
    return of(innermost(failure));
  }

  /** The cause that has none itself; the failure where it has none. */
  public static Throwable innermost(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }
}
