package org.stylemining.data.packed;

import java.util.HexFormat;
import java.util.zip.CRC32C;

/** CRC-32C (Castagnoli), which processors compute at memory's speed, of a file's bytes. */
final class Checksum {
  private Checksum() {}

  static int of(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** Eight hexadecimal digits. */
  static String text(int checksum) {
    return HexFormat.of().toHexDigits(checksum);
  }
}
