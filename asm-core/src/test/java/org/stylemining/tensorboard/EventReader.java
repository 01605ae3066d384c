package org.stylemining.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads event files back, and checks their frames. */
final class EventReader {
  /**
   * An event.
   *
   * @param starts whether it says that the run goes on from its step
   */
  record Read(
      double seconds, long step, String version, boolean starts, Map<String, Float> values) {}

  private EventReader() {}

  /** All events of a folder's files, in the order of their names. */
  static List<Read> folder(Path folder) throws IOException {
    List<Read> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        assertThat(file.getFileName().toString()).startsWith("events.out.tfevents.");
        events.addAll(file(file));
      }
    }
    return events;
  }

  static List<Read> file(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Read> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[8];
      bytes.get(length);
      assertThat(bytes.getInt()).isEqualTo(RecordFraming.masked(length));
      byte[] content =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      bytes.get(content);
      assertThat(bytes.getInt()).isEqualTo(RecordFraming.masked(content));
      events.add(event(content));
    }
    return events;
  }

  private static Read event(byte[] content) {
    double seconds = 0;
    long step = 0;
    String version = "";
    boolean starts = false;
    Map<String, Float> values = new TreeMap<>();
    ByteBuffer event = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    while (event.hasRemaining()) {
      switch ((int) varint(event)) {
        case 1 << 3 | 1 -> seconds = event.getDouble();
        case 2 << 3 -> step = varint(event);
        case 3 << 3 | 2 -> version = new String(bytes(event), StandardCharsets.UTF_8);
        case 5 << 3 | 2 -> summary(ByteBuffer.wrap(bytes(event)), values);
        case 7 << 3 | 2 -> starts = List.of((byte) 8, (byte) 1).equals(list(bytes(event)));
        default -> throw new AssertionError("an unknown field");
      }
    }
    return new Read(seconds, step, version, starts, values);
  }

  private static void summary(ByteBuffer summary, Map<String, Float> values) {
    while (summary.hasRemaining()) {
      assertThat(varint(summary)).isEqualTo(1 << 3 | 2);
      ByteBuffer value = ByteBuffer.wrap(bytes(summary)).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(varint(value)).isEqualTo(1 << 3 | 2);
      String tag = new String(bytes(value), StandardCharsets.UTF_8);
      assertThat(varint(value)).isEqualTo(2 << 3 | 5);
      values.put(tag, value.getFloat());
    }
  }

  private static List<Byte> list(byte[] bytes) {
    List<Byte> list = new ArrayList<>();
    for (byte b : bytes) {
      list.add(b);
    }
    return list;
  }

  private static byte[] bytes(ByteBuffer from) {
    byte[] bytes = new byte[(int) varint(from)];
    from.get(bytes);
    return bytes;
  }

  private static long varint(ByteBuffer from) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = from.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
