package org.stylemining.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private static final String METADATA = "__metadata__";

  /** A longer header than this cannot be meant; the published readers have the same limit. */
  private static final long LONGEST_HEADER = 100_000_000;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private record Entry(String name, ElementType type, long[] shape, long begin, long end) {}

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
    JsonNode root = parse(header, where);
    List<Entry> entries = entries(root, where);
    Map<String, Stored> inFileOrder = values(in, entries, where);
    return new Safetensors(where, metadata(root, where), inFileOrder);
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
      ObjectNode texts = root.putObject(METADATA);
      metadata.forEach(texts::put);
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

  private static JsonNode parse(byte[] header, String where) {
    if (header[0] != '{') {
      throw mistake(where, "its header does not start with '{': this is not a safetensors file");
    }
    try {
      return JSON.readTree(new String(header, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw mistake(where, "its header is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Map<String, String> metadata(JsonNode root, String where) {
    Map<String, String> texts = new LinkedHashMap<>();
    JsonNode stored = root.path(METADATA);
    if (!stored.isMissingNode() && !stored.isObject()) {
      throw mistake(where, METADATA + " should map texts to texts, found " + stored.getNodeType());
    }
    stored
        .fields()
        .forEachRemaining(
            field -> {
              if (!field.getValue().isTextual()) {
                throw mistake(
                    where,
                    METADATA
                        + "."
                        + field.getKey()
                        + " should be a text, found "
                        + field.getValue());
              }
              texts.put(field.getKey(), field.getValue().textValue());
            });
    return texts;
  }

  private static List<Entry> entries(JsonNode root, String where) {
    List<Entry> entries = new ArrayList<>();
    Set<String> fields = new HashSet<>();
    root.fields()
        .forEachRemaining(
            field -> {
              if (fields.add(field.getKey()) && !field.getKey().equals(METADATA)) {
                entries.add(entry(field.getKey(), field.getValue(), where));
              }
            });
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long at = 0;
    for (Entry entry : entries) {
      if (entry.begin() != at) {
        String how =
            entry.begin() < at ? "overlap those of another tensor" : "leave a gap before them";
        throw mistake(
            where,
            "tensor "
                + entry.name()
                + ": its values "
                + how
                + " (they start at byte "
                + entry.begin()
                + ", expected "
                + at
                + ")");
      }
      at = entry.end();
    }
    return entries;
  }

  private static Entry entry(String name, JsonNode stored, String where) {
    String of = "tensor " + name + ": ";
    ElementType type = type(stored.path("dtype").asText(), of, where);
    long[] shape = wholeNumbers(stored.path("shape"), of + "shape", where);
    long[] offsets = wholeNumbers(stored.path("data_offsets"), of + "data_offsets", where);
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw mistake(
          where, of + "data_offsets should be [begin, end], found " + stored.path("data_offsets"));
    }
    long bytes;
    try {
      bytes = Math.multiplyExact(Shapes.elements(shape), (long) type.bytes());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw mistake(where, of + "shape " + Arrays.toString(shape) + " is too large");
    }
    long found = offsets[1] - offsets[0];
    if (found != bytes) {
      throw mistake(
          where,
          of
              + "shape "
              + Arrays.toString(shape)
              + " of "
              + type
              + " needs "
              + bytes
              + " bytes, data_offsets give "
              + found);
    }
    if (bytes > Integer.MAX_VALUE - 8) {
      throw mistake(where, of + "its " + bytes + " bytes are more than one tensor may have here");
    }
    return new Entry(name, type, shape, offsets[0], offsets[1]);
  }

  private static ElementType type(String dtype, String of, String where) {
    for (ElementType type : ElementType.values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    throw mistake(
        where,
        of
            + "dtype should be one of "
            + Arrays.toString(ElementType.values())
            + ", found "
            + (dtype.isEmpty() ? "none" : dtype));
  }

  private static long[] wholeNumbers(JsonNode array, String what, String where) {
    if (!array.isArray()) {
      throw mistake(
          where,
          what
              + " should be a list of whole numbers, found "
              + (array.isMissingNode() ? "none" : array));
    }
    long[] numbers = new long[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode number = array.get(i);
      if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
        throw mistake(where, what + " should hold whole numbers from 0, found " + number);
      }
      numbers[i] = number.longValue();
    }
    return numbers;
  }

  private static Map<String, Stored> values(InputStream in, List<Entry> entries, String where)
      throws IOException {
    Map<String, Stored> tensors = new LinkedHashMap<>();
    for (Entry entry : entries) {
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
