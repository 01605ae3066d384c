package org.stylemining.training;

import java.io.Serial;

/** A round whose result is not to be gone on with. The message says how that was noticed. */
final class Diverged extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final int round;

  Diverged(int round, String message) {
    super(message);
    this.round = round;
  }

  int round() {
    return round;
  }
}
