package org.example.pnm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.stylemining.dataset.DamagedSample;

/**
 * A binary Netpbm file of 8 bits: {@code P6 width height 255} and red, green, blue of each pixel,
 * or {@code P5 width height 255} and a value of each pixel.
 *
 * @param width in pixels
 * @param height in pixels
 * @param samples row-major
 */
record Pnm(int width, int height, byte[] samples) {
  /** More pixels than any camera's picture: a damaged header. */
  private static final long MOST_PIXELS = 1L << 28;

  /**
   * Reads a file.
   *
   * @param path of the file, for messages
   * @param channels 3 for P6, 1 for P5
   * @throws DamagedSample where it is no such file or ends early
   */
  static Pnm read(String path, byte[] file, int channels) throws DamagedSample {
    String[] words = new String[4];
    int end = 0;
    for (int i = 0; i < words.length; i++) {
      int start = end + (i == 0 ? 0 : 1);
      end = start;
      while (end < file.length && !Character.isWhitespace(file[end])) {
        end++;
      }
      words[i] = new String(file, start, Math.max(0, end - start), StandardCharsets.US_ASCII);
    }
    String magic = channels == 3 ? "P6" : "P5";
    String header = String.join(" ", words);
    if (!header.matches(magic + " [1-9]\\d{0,8} [1-9]\\d{0,8} 255")) {
      throw new DamagedSample(
          path,
          "expected a file that begins with %s WIDTH HEIGHT 255, found %s"
              .formatted(magic, header.substring(0, Math.min(40, header.length()))));
    }
    long width = Long.parseLong(words[1]);
    long height = Long.parseLong(words[2]);
    long bytes = channels * width * height;
    if (width * height > MOST_PIXELS || file.length - (end + 1) < bytes) {
      throw new DamagedSample(
          path,
          "truncated: %dx%d pixels are %d bytes, found %d"
              .formatted(width, height, bytes, Math.max(0, file.length - (end + 1))));
    }
    return new Pnm(
        (int) width,
        (int) height,
        Arrays.copyOfRange(file, end + 1, Math.toIntExact(end + 1 + bytes)));
  }
}
