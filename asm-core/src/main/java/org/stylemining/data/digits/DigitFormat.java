package org.stylemining.data.digits;

import java.io.IOException;
import org.stylemining.image.UnreadableImage;

/** How a file of digits is stored. */
interface DigitFormat {
  /**
   * Decodes a file.
   *
   * @param file its bytes
   * @param part of the file; empty where it has none
   * @throws UnreadableImage where the file is damaged or of another format; the message says how
   */
  Digits read(byte[] file, String part) throws UnreadableImage;

  /** Reading that may fail in the ways of a library. */
  interface Reading {
    Digits read() throws IOException;
  }

  /** Turns whatever a damaged file makes a library throw into one kind of failure. */
  static Digits attempt(String expected, Reading reading) throws UnreadableImage {
    try {
      return reading.read();
    } catch (UnreadableImage e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new UnreadableImage("expected %s: %s".formatted(expected, innermost(e)), e);
    }
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
