package org.stylemining.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A message {@code tensorflow.Event} in the wire format of protocol buffers: of all that it can
 * hold the file's version, scalars, and that a run went on.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">the wire format</a>
 */
final class Event {
  // Fields of tensorflow.Event, Summary, Summary.Value and SessionLog.
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE = 2;
  private static final int SESSION_STATUS = 1;
  private static final int SESSION_START = 1;

  // Wire types.
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int LENGTH = 2;
  private static final int FOUR_BYTES = 5;

  private Event() {}

  /** The first event of every file. */
  static byte[] version(double seconds) {
    ByteArrayOutputStream event = event(seconds, 0);
    bytes(event, FILE_VERSION, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
    return event.toByteArray();
  }

  /** That the run goes on from a step: what other files have from there on no longer counts. */
  static byte[] start(double seconds, long step) {
    ByteArrayOutputStream session = new ByteArrayOutputStream();
    key(session, SESSION_STATUS, VARINT);
    varint(session, SESSION_START);
    ByteArrayOutputStream event = event(seconds, step);
    bytes(event, SESSION_LOG, session.toByteArray());
    return event.toByteArray();
  }

  /**
   * Numbers of one step.
   *
   * @param seconds since 1970
   */
  static byte[] scalars(double seconds, long step, List<Scalar> scalars) {
    ByteArrayOutputStream summary = new ByteArrayOutputStream();
    for (Scalar scalar : scalars) {
      ByteArrayOutputStream value = new ByteArrayOutputStream();
      bytes(value, VALUE_TAG, scalar.tag().getBytes(StandardCharsets.UTF_8));
      key(value, VALUE_SIMPLE, FOUR_BYTES);
      value.writeBytes(little(4).putFloat(scalar.value()).array());
      bytes(summary, SUMMARY_VALUE, value.toByteArray());
    }
    ByteArrayOutputStream event = event(seconds, step);
    bytes(event, SUMMARY, summary.toByteArray());
    return event.toByteArray();
  }

  private static ByteArrayOutputStream event(double seconds, long step) {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    key(event, WALL_TIME, EIGHT_BYTES);
    event.writeBytes(little(8).putDouble(seconds).array());
    if (step != 0) {
      key(event, STEP, VARINT);
      varint(event, step);
    }
    return event;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void bytes(ByteArrayOutputStream out, int field, byte[] content) {
    key(out, field, LENGTH);
    varint(out, content.length);
    out.writeBytes(content);
  }

  private static void key(ByteArrayOutputStream out, int field, int wireType) {
    varint(out, field << 3 | wireType);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
