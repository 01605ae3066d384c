package org.stylemining.config;

/**
 * Something the user can put right: a configuration, path, file or argument that does not fit. The
 * message says what was expected, what was found and where; a command prints it without a stack
 * trace and ends with status 2.
 */
public final class UserMistake extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UserMistake(String message) {
    super(message);
  }

  public UserMistake(String message, Throwable cause) {
    super(message, cause);
  }
}
