package org.stylemining.training;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which start of a driver this is that YARN made.
 *
 * @param application YARN's id, such as {@code application_1410901177871_0001}
 * @param number from 1
 */
public record YarnAttempt(String application, int number) {
  /** A container's name: cluster's time and application, attempt, container. */
  private static final Pattern CONTAINER =
      Pattern.compile("container_(?:e\\d+_)?(\\d+_\\d+)_(\\d+)_\\d+");

  /**
   * The attempt that a container belongs to; empty outside of YARN.
   *
   * @param container what YARN calls it, the variable {@code CONTAINER_ID}; null where there is
   *     none
   */
  public static Optional<YarnAttempt> of(String container) {
    Matcher name = CONTAINER.matcher(container == null ? "" : container);
    return name.matches()
        ? Optional.of(
            new YarnAttempt("application_" + name.group(1), Integer.parseInt(name.group(2))))
        : Optional.empty();
  }

  /** Whether a driver before this one failed. */
  public boolean isFurther() {
    return number > 1;
  }
}
