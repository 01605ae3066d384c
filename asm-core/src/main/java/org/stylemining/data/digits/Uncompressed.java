package org.stylemining.data.digits;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** The bytes of a file, which may be compressed by gzip or bzip2: its first bytes tell. */
final class Uncompressed {
  private Uncompressed() {}

  /**
   * The content of a file.
   *
   * @throws IOException where it begins like a compressed file and is none
   */
  static InputStream of(byte[] file) throws IOException {
    InputStream bytes = new ByteArrayInputStream(file);
    if (file.length > 1 && (file[0] & 0xff) == 0x1f && (file[1] & 0xff) == 0x8b) {
      return new GZIPInputStream(bytes);
    }
    if (file.length > 2 && file[0] == 'B' && file[1] == 'Z' && file[2] == 'h') {
      // Compressed in parallel, a file is several streams one after the other.
      return new BZip2CompressorInputStream(bytes, true);
    }
    return bytes;
  }
}
