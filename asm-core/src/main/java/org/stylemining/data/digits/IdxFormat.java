package org.stylemining.data.digits;

import java.io.DataInputStream;
import java.io.IOException;
import org.stylemining.image.UnreadableImage;

/**
 * MNIST's idx files (LeCun et al. 1998), compressed or not: a magic number, the sizes of all
 * dimensions as big-endian integers, and unsigned bytes. Images have three dimensions, classes one.
 */
final class IdxFormat implements DigitFormat {
  private static final int IMAGES = 0x803;
  private static final int CLASSES = 0x801;
  private static final int LARGEST_SIDE = 1 << 12;

  @Override
  public Digits read(byte[] file, String part) throws UnreadableImage {
    return DigitFormat.attempt("an idx file", () -> read(file));
  }

  private static Digits read(byte[] file) throws IOException {
    try (DataInputStream in = new DataInputStream(Uncompressed.of(file))) {
      int magic = in.readInt();
      if (magic != IMAGES && magic != CLASSES) {
        throw new UnreadableImage(
            "expected an idx file of bytes, which begins with 0x00000801 or 0x00000803, found 0x%08x"
                .formatted(magic));
      }
      int count = in.readInt();
      if (magic == CLASSES) {
        return Digits.classes(bytes(in, count));
      }
      int height = in.readInt();
      int width = in.readInt();
      if (height < 1 || width < 1 || height > LARGEST_SIDE || width > LARGEST_SIDE) {
        throw new UnreadableImage("holds images of %d x %d pixels".formatted(width, height));
      }
      return Digits.images(width, height, 1, bytes(in, (long) count * height * width));
    }
  }

  private static byte[] bytes(DataInputStream in, long count) throws IOException {
    if (count < 0 || count > Integer.MAX_VALUE - 8) {
      throw new UnreadableImage("expected 0 to 2^31 bytes of values, found " + count);
    }
    byte[] bytes = in.readNBytes((int) count);
    if (bytes.length < count || in.read() >= 0) {
      throw new UnreadableImage(
          "expected %d bytes behind the header, found %s"
              .formatted(count, bytes.length < count ? bytes.length : "more"));
    }
    return bytes;
  }
}
