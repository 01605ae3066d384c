package org.stylemining.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The files that src/test/python/image_fixtures.py made with PIL. */
final class Fixtures {
  private Fixtures() {}

  static byte[] bytes(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RgbImage image(String name) throws UnreadableImage {
    return ImageFiles.decodeRgb(bytes(name));
  }

  static LabelMap labels(String name) throws UnreadableImage {
    RawLabels raw = ImageFiles.decodeLabels(bytes(name));
    byte[] ids = new byte[raw.values().length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (byte) raw.values()[i];
    }
    return new LabelMap(raw.width(), raw.height(), ids);
  }
}
