package org.stylemining.training;

import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Arrays of floats in a stream of objects, as blocks of bytes: Java writes an array value by value,
 * and keeps it until the stream ends.
 */
final class FloatStream {
  private static final int BLOCK = 1 << 14;

  private FloatStream() {}

  static void write(float[] values, ObjectOutput out) throws IOException {
    out.writeInt(values.length);
    byte[] bytes = new byte[Math.min(values.length, BLOCK) * Float.BYTES];
    ByteBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < values.length; at += BLOCK) {
      int n = Math.min(BLOCK, values.length - at);
      block.asFloatBuffer().put(values, at, n);
      out.write(bytes, 0, n * Float.BYTES);
    }
  }

  /**
   * @throws EOFException where the stream ends early
   */
  static float[] read(ObjectInput in) throws IOException {
    float[] values = new float[in.readInt()];
    byte[] bytes = new byte[Math.min(values.length, BLOCK) * Float.BYTES];
    ByteBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < values.length; at += BLOCK) {
      int n = Math.min(BLOCK, values.length - at);
      in.readFully(bytes, 0, n * Float.BYTES);
      block.asFloatBuffer().get(values, at, n);
    }
    return values;
  }
}
