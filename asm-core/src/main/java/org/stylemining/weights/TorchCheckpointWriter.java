package org.stylemining.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes tensors as {@code torch.save(model.state_dict(), file)} does, in PyTorch's zip format:
 * entries stored as they are, each beginning at a multiple of 64 bytes, so that {@code torch.load}
 * can map them. The same tensors give the same bytes.
 */
public final class TorchCheckpointWriter {
  private static final String FOLDER = "archive/";
  private static final int ALIGNMENT = 64;

  /** Length of an entry's header before its name, and of an extra field's before its data. */
  private static final int ENTRY_HEADER = 30;

  private static final int EXTRA_HEADER = 4;

  /** The extra field that PyTorch pads with. */
  private static final short PADDING = 0x4246;

  /** Any; Java stores earlier ones in another way, which would move the data. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final ZipOutputStream zip;
  private long written;

  private TorchCheckpointWriter(OutputStream out) {
    zip = new ZipOutputStream(out);
    zip.setMethod(ZipOutputStream.STORED);
  }

  /**
   * Writes a whole file to a stream, which the caller closes.
   *
   * @param tensors in this order
   * @throws IllegalArgumentException where two tensors have the same name
   * @throws IOException where the stream fails
   */
  public static void write(OutputStream out, Collection<NamedTensor> tensors) throws IOException {
    Set<String> names = new HashSet<>();
    for (NamedTensor tensor : tensors) {
      if (!names.add(tensor.name())) {
        throw new IllegalArgumentException("two tensors are named " + tensor.name());
      }
    }
    TorchCheckpointWriter writer = new TorchCheckpointWriter(out);
    writer.entry("data.pkl", TorchPickleWriter.dictionary(tensors));
    writer.entry("byteorder", ascii("little"));
    int key = 0;
    for (NamedTensor tensor : tensors) {
      writer.entry("data/" + key++, bytes(tensor.data()));
    }
    writer.entry("version", ascii("3\n"));
    writer.zip.finish();
  }

  private void entry(String name, byte[] content) throws IOException {
    byte[] path = ascii(FOLDER + name);
    long start = written + ENTRY_HEADER + path.length + EXTRA_HEADER;
    int padding = (int) Math.floorMod(-start, (long) ALIGNMENT);
    ZipEntry entry = new ZipEntry(FOLDER + name);
    entry.setTimeLocal(TIME);
    entry.setSize(content.length);
    CRC32 sum = new CRC32();
    sum.update(content);
    entry.setCrc(sum.getValue());
    entry.setExtra(
        ByteBuffer.allocate(EXTRA_HEADER + padding)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort(PADDING)
            .putShort((short) padding)
            .array());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
    written = start + padding + content.length;
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
