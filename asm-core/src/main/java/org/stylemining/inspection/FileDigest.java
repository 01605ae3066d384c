package org.stylemining.inspection;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What tells a file's contents from others.
 *
 * @param key SHA-256 of the bytes, in hexadecimal, behind a word for what they are; equal keys mean
 *     equal contents
 * @param label whether it is a label file
 * @param file its URI
 * @param sets indices of the sets that it is in
 * @param anchor whether it is an anchor image of the target
 */
public record FileDigest(String key, boolean label, String file, int[] sets, boolean anchor)
    implements Serializable {

  static String ofFile(boolean label, byte[] bytes) {
    return (label ? "label " : "image ") + HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /** For sets that read their samples in their own way: what they read. */
  static String ofPixels(boolean label, int width, int height, byte[] pixels) {
    MessageDigest digest = sha256();
    digest.update(ByteBuffer.allocate(8).putInt(width).putInt(height).array());
    return (label ? "label pixels " : "image pixels ")
        + HexFormat.of().formatHex(digest.digest(pixels));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
