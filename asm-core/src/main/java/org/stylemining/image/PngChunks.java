package org.stylemining.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Walks a PNG's chunks and their checksums. ImageIO checks neither, and would return a picture with
 * damaged rows as a good one.
 */
final class PngChunks {
  private static final long SIGNATURE = 0x89504E470D0A1A0AL;

  private PngChunks() {}

  static boolean isPng(byte[] file) {
    return file.length >= 8 && ByteBuffer.wrap(file).getLong() == SIGNATURE;
  }

  static void check(byte[] file) throws UnreadableImage {
    ByteBuffer in = ByteBuffer.wrap(file).position(8);
    while (true) {
      int start = in.position();
      if (in.remaining() < 12) {
        throw new UnreadableImage(
            "truncated: it ends at byte " + file.length + " without the PNG's closing chunk IEND");
      }
      int length = in.getInt();
      String type = new String(file, start + 4, 4, StandardCharsets.ISO_8859_1);
      if (length < 0 || length > in.remaining() - 8) {
        throw new UnreadableImage(
            "truncated: PNG chunk %s at byte %d wants %d bytes, the file has %d left"
                .formatted(type, start, length & 0xFFFFFFFFL, Math.max(0, in.remaining() - 8)));
      }
      CRC32 crc = new CRC32();
      crc.update(file, start + 4, length + 4);
      in.position(start + 8 + length);
      if (in.getInt() != (int) crc.getValue()) {
        throw new UnreadableImage(
            "damaged: the checksum of PNG chunk " + type + " at byte " + start + " is wrong");
      }
      if (type.equals("IEND")) {
        return;
      }
    }
  }
}
