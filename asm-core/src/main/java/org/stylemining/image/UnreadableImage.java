package org.stylemining.image;

import java.io.IOException;

/**
 * The bytes of a file are not a whole image of a kind this program reads; the message says in what
 * way.
 */
public final class UnreadableImage extends IOException {
  public UnreadableImage(String reason) {
    super(reason);
  }

  public UnreadableImage(String reason, Throwable cause) {
    super(reason, cause);
  }
}
