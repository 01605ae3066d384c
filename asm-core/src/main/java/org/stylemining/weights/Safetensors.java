package org.stylemining.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;

/**
 * One file of the safetensors format, read into memory: 8 bytes with the header's length
 * (little-endian), a JSON header {@code {"name": {"dtype", "shape", "data_offsets"}, ...,
 * "__metadata__": {text: text}}}, then the values, row-major, little-endian, without gaps. The
 * header is checked before any value is read; a file that breaks the format is a {@link
 * UserMistake} that names it. Tensors are written as float32.
 */
public final class Safetensors {

  /** A longer header than this cannot be meant; the published readers have the same limit. */
  private static final long LONGEST_HEADER = 100_000_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private record Stored(ElementType type, long[] shape, byte[] bytes) {}

  private final String where;
  private final Map<String, String> metadata;
  private final Map<String, Stored> tensors;

  private Safetensors(String where, Map<String, String> metadata, Map<String, Stored> tensors) {
    this.where = where;
    this.metadata = Collections.unmodifiableMap(metadata);
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  /**
   * Reads a file.
   *
   * @param file local path or URI of any file system that Hadoop is configured for
   * @throws UserMistake where there is no such file, or it is not a whole safetensors file
   * @throws IOException where the file system fails
   */
  public static Safetensors read(Path file, Configuration hadoop) throws IOException {
    try (FSDataInputStream in = file.getFileSystem(hadoop).open(file)) {
      return read(in, file.toString());
    } catch (FileNotFoundException e) {
      throw new UserMistake("no such weights file: " + file);
    }
  }

  /**
   * Reads a stream to its end; the caller closes it.
   *
   * @param where the file's name for messages
   * @throws UserMistake where the stream does not hold a whole safetensors file
   * @throws IOException where the stream fails
   */
  public static Safetensors read(InputStream in, String where) throws IOException {
    byte[] length = in.readNBytes(Long.BYTES);
    if (length.length == 0) {
      throw mistake(where, "the file is empty");
    }
    if (length.length < Long.BYTES) {
      throw mistake(where, "truncated: the file ends within its first " + Long.BYTES + " bytes");
    }
    long headerLength = little(length).getLong();
    if (headerLength < 2 || headerLength > LONGEST_HEADER) {
      throw mistake(
          where,
          "its first 8 bytes give a header of "
              + Long.toUnsignedString(headerLength)
              + " bytes, expected 2 to "
              + LONGEST_HEADER);
    }
    byte[] header = in.readNBytes((int) headerLength);
    if (header.length < headerLength) {
      throw mistake(
          where,
          "truncated: a header of " + headerLength + " bytes is announced, found " + header.length);
    }
    SafetensorsHeader read = SafetensorsHeader.parse(header, where);
    return new Safetensors(where, read.metadata(), values(in, read.entries(), where));
  }

  /**
   * Writes tensors as float32, in the order given, over a file that may exist.
   *
   * @throws IllegalArgumentException where two tensors have the same name
   * @throws IOException where the file system fails
   */
  public static void write(
      Path file,
      Configuration hadoop,
      Collection<NamedTensor> tensors,
      Map<String, String> metadata)
      throws IOException {
    try (FSDataOutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      write(out, tensors, metadata);
    }
  }

  /**
   * As {@link #write(Path, Configuration, Collection, Map)}, to a stream that the caller closes.
   */
  public static void write(
      OutputStream out, Collection<NamedTensor> tensors, Map<String, String> metadata)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = root.putObject(SafetensorsHeader.METADATA);
      // One order in every process, so that equal files are equal bytes.
      new TreeMap<>(metadata).forEach(texts::put);
    }
    long at = 0;
    for (NamedTensor tensor : tensors) {
      if (root.has(tensor.name())) {
        throw new IllegalArgumentException("two tensors are named " + tensor.name());
      }
      ObjectNode entry = root.putObject(tensor.name()).put("dtype", ElementType.F32.name());
      Arrays.stream(tensor.shape()).forEach(entry.putArray("shape")::add);
      long end = at + (long) tensor.data().length * Float.BYTES;
      entry.putArray("data_offsets").add(at).add(end);
      at = end;
    }
    byte[] json = JSON.writeValueAsBytes(root);
    // Padded with blanks so that the values start at a multiple of 8, as the published writers do.
    byte[] header = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(header, json.length, header.length, (byte) ' ');
    out.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .array());
    out.write(header);
    ByteBuffer chunk = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    for (NamedTensor tensor : tensors) {
      float[] data = tensor.data();
      for (int from = 0; from < data.length; from += chunk.capacity() / Float.BYTES) {
        int count = Math.min(data.length - from, chunk.capacity() / Float.BYTES);
        chunk.asFloatBuffer().put(data, from, count);
        out.write(chunk.array(), 0, count * Float.BYTES);
      }
    }
  }

  /** Texts stored beside the tensors; empty where there are none. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Names of all tensors, in the order of their values in the file. */
  public Set<String> names() {
    return tensors.keySet();
  }

  /** Whether the file holds a tensor of this name. */
  public boolean contains(String name) {
    return tensors.containsKey(name);
  }

  /** Sizes per dimension; empty for a single number. */
  public long[] shape(String name) {
    return stored(name).shape().clone();
  }

  /** Values in row-major order, rounded to float32 where they are stored more exactly. */
  public float[] floats(String name) {
    Stored tensor = stored(name);
    IntToDoubleFunction value = tensor.type().reader(little(tensor.bytes()));
    float[] values = new float[count(tensor)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value.applyAsDouble(i * tensor.type().bytes());
    }
    return values;
  }

  /** Values in row-major order, with the precision they are stored in. */
  public double[] doubles(String name) {
    Stored tensor = stored(name);
    IntToDoubleFunction value = tensor.type().reader(little(tensor.bytes()));
    double[] values = new double[count(tensor)];
    Arrays.setAll(values, i -> value.applyAsDouble(i * tensor.type().bytes()));
    return values;
  }

  /**
   * Values of a tensor of whole numbers, in row-major order.
   *
   * @throws UserMistake where its type is not one of whole numbers
   */
  public long[] longs(String name) {
    Stored tensor = stored(name);
    if (!tensor.type().isInteger()) {
      throw mistake(where, "tensor " + name + " should hold whole numbers, found " + tensor.type());
    }
    ByteBuffer bytes = little(tensor.bytes());
    long[] values = new long[count(tensor)];
    Arrays.setAll(values, i -> tensor.type().integer(bytes, i * tensor.type().bytes()));
    return values;
  }

  /** One tensor as float32. */
  public NamedTensor tensor(String name) {
    return new NamedTensor(name, shape(name), floats(name));
  }

  /** All tensors as float32, in the file's order. */
  public Map<String, NamedTensor> tensors() {
    Map<String, NamedTensor> all = new LinkedHashMap<>();
    names().forEach(name -> all.put(name, tensor(name)));
    return all;
  }

  private Stored stored(String name) {
    Stored tensor = tensors.get(name);
    if (tensor == null) {
      throw mistake(where, "no tensor named " + name + " among its " + tensors.size());
    }
    return tensor;
  }

  private static int count(Stored tensor) {
    return tensor.bytes().length / tensor.type().bytes();
  }

  private static Map<String, Stored> values(
      InputStream in, List<SafetensorsHeader.Entry> entries, String where) throws IOException {
    Map<String, Stored> tensors = new LinkedHashMap<>();
    for (SafetensorsHeader.Entry entry : entries) {
      int size = (int) (entry.end() - entry.begin());
      byte[] bytes = in.readNBytes(size);
      if (bytes.length < size) {
        throw mistake(
            where,
            "truncated: the file ends within tensor "
                + entry.name()
                + " ("
                + bytes.length
                + " of its "
                + size
                + " bytes)");
      }
      tensors.put(entry.name(), new Stored(entry.type(), entry.shape(), bytes));
    }
    if (in.read() != -1) {
      throw mistake(where, "there are bytes after the values of the last tensor");
    }
    return tensors;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static UserMistake mistake(String where, String what) {
    return new UserMistake(where + ": " + what);
  }
}
