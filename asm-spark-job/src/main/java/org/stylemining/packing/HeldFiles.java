package org.stylemining.packing;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.SampleFiles;

/** The files of one sample, read once and held, so that what is decoded is what is packed. */
final class HeldFiles implements SampleFiles {
  private final SampleFiles from;
  private final Map<String, byte[]> held = new HashMap<>();

  HeldFiles(SampleFiles from) {
    this.from = from;
  }

  byte[] hold(String uri) throws DamagedSample, IOException {
    byte[] bytes = from.bytes(uri);
    held.put(uri, bytes);
    return bytes;
  }

  @Override
  public byte[] bytes(String uri) throws DamagedSample {
    byte[] bytes = held.get(uri);
    if (bytes == null) {
      throw new DamagedSample(
          uri,
          "its data set reads this file besides the sample's image and label; such a set cannot be packed");
    }
    return bytes;
  }

  @Override
  public byte[] bytes(String uri, long from, int length) throws DamagedSample {
    byte[] bytes = bytes(uri);
    if (from < 0 || from + length > bytes.length) {
      throw new DamagedSample(
          uri, "expected at least %d bytes, found %d".formatted(from + length, bytes.length));
    }
    return Arrays.copyOfRange(bytes, (int) from, (int) from + length);
  }
}
