package org.stylemining.config;

/**
 * A mistake in what the user gave (configuration, arguments, data). The message alone tells what was expected, what was
 * found and where; the command line prints it without a stack trace and exits with 2.
 */
public final class UserMistake extends RuntimeException {
  public UserMistake(String message) {
    super(message);
  }

  public UserMistake(String message, Throwable cause) {
    super(message, cause);
  }
}
