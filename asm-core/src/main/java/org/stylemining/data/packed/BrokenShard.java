package org.stylemining.data.packed;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import org.apache.hadoop.fs.ChecksumException;

/** What lies in a shard is not what should lie there; the message says in what way. */
final class BrokenShard extends IOException {
  private static final long serialVersionUID = 1;

  BrokenShard(String reason) {
    super(reason);
  }

  BrokenShard(String reason, Throwable cause) {
    super(reason, cause);
  }

  /**
   * An exception by what is at fault. Readers answer bytes that they cannot understand with the
   * class that file systems fail with; but what a file system throws has such a one at its root.
   *
   * @param what could not be read, for the message
   * @return a broken shard where its bytes are at fault, else the exception
   */
  static IOException of(String what, IOException e) {
    if (e instanceof FileNotFoundException
        || e instanceof ChecksumException
        || e instanceof BrokenShard) {
      return e;
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    boolean bytes =
        !(root instanceof IOException)
            || root instanceof EOFException
            || root instanceof CharacterCodingException;
    return bytes ? new BrokenShard(what + " cannot be read: " + root, e) : e;
  }
}
