package org.stylemining.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Which weights a run began with or worked with.
 *
 * @param name what they are for: the key that names them, such as {@code style.rain}, or {@code
 *     checkpoint}
 * @param file that they lie in
 * @param bytes of it
 * @param sha256 of its content, in hexadecimal
 */
public record WeightsFingerprint(String name, String file, long bytes, String sha256) {

  /**
   * Reads a file through.
   *
   * @param name what its weights are for
   * @throws IOException where there is no such file
   */
  public static WeightsFingerprint of(String name, FileSystem fileSystem, Path file)
      throws IOException {
    Path path = fileSystem.makeQualified(file);
    MessageDigest digest = DataFingerprint.sha256();
    long bytes = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = fileSystem.open(path)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        bytes += read;
      }
    }
    return new WeightsFingerprint(
        name, path.toString(), bytes, HexFormat.of().formatHex(digest.digest()));
  }
}
