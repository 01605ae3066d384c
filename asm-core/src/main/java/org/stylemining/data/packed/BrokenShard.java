package org.stylemining.data.packed;

import java.io.IOException;

/** What lies in a shard is not what should lie there; the message says in what way. */
final class BrokenShard extends IOException {
  private static final long serialVersionUID = 1;

  BrokenShard(String reason) {
    super(reason);
  }

  BrokenShard(String reason, Throwable cause) {
    super(reason, cause);
  }
}
