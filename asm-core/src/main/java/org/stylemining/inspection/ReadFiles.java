package org.stylemining.inspection;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.SampleFiles;

/** The files of one sample: each is read once, however often it is asked for. */
final class ReadFiles implements SampleFiles {
  private final SampleFiles files;
  private final Map<String, byte[]> whole = new HashMap<>();
  private long bytes;

  ReadFiles(SampleFiles files) {
    this.files = files;
  }

  @Override
  public byte[] bytes(String uri) throws DamagedSample, IOException {
    byte[] known = whole.get(uri);
    if (known == null) {
      known = files.bytes(uri);
      whole.put(uri, known);
      bytes += known.length;
    }
    return known;
  }

  @Override
  public byte[] bytes(String uri, long from, int length) throws DamagedSample, IOException {
    bytes += length;
    return files.bytes(uri, from, length);
  }

  /** Bytes read so far. */
  long read() {
    return bytes;
  }
}
