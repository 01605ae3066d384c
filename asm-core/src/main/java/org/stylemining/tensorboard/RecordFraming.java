package org.stylemining.tensorboard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The frames of TensorFlow's record files, all numbers little-endian: the length in eight bytes,
 * its masked CRC-32C in four, the record, its masked CRC-32C in four.
 *
 * @see <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord">TFRecord</a>
 */
final class RecordFraming {
  private static final int MASK = 0xa282ead8;

  private RecordFraming() {}

  static void write(OutputStream out, byte[] content) throws IOException {
    byte[] length = little(Long.BYTES).putLong(content.length).array();
    out.write(length);
    out.write(little(Integer.BYTES).putInt(masked(length)).array());
    out.write(content);
    out.write(little(Integer.BYTES).putInt(masked(content)).array());
  }

  /**
   * A checksum that is kept beside what it sums is rotated and shifted, so that sums of sums
   * differ.
   */
  static int masked(byte[] content) {
    CRC32C sum = new CRC32C();
    sum.update(content);
    int crc = (int) sum.getValue();
    return (crc >>> 15 | crc << 17) + MASK;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
