package org.stylemining.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;

/**
 * Reads SqueezeNet v1.0's ImageNet weights in the form they are published for browsers: a JSON list
 * of {@code {"name", "shape", "offset"}} beside a file of the same name that ends with {@code .bin}
 * and holds the values, float32, little-endian; offsets in bytes. Names are those of the list, such
 * as {@code fire2/conv1x1_1/kernel_OIHW} ([out, in, height, width]) and {@code
 * fire2/conv1x1_1/bias}.
 */
public final class SqueezeNetWeights {

  private static final ObjectMapper JSON = new ObjectMapper();

  private record Entry(String name, long[] shape, long offset) {}

  private SqueezeNetWeights() {}

  /**
   * Reads all weights by name, in the list's order.
   *
   * @param json the list, a local path or URI of any file system that Hadoop is configured for
   * @throws UserMistake where one of the files is absent or damaged, or they do not belong together
   * @throws IOException where the file system fails
   */
  public static Map<String, NamedTensor> read(Path json, Configuration hadoop) throws IOException {
    String name = json.getName();
    if (!name.endsWith(".json")) {
      throw new UserMistake(json + ": expected the .json beside SqueezeNet's .bin");
    }
    Path bin = new Path(json.getParent(), name.substring(0, name.length() - 5) + ".bin");
    Entry[] entries;
    try {
      String list = new String(bytes(json, hadoop), StandardCharsets.UTF_8);
      entries = JSON.readValue(list, Entry[].class);
    } catch (JsonProcessingException e) {
      throw new UserMistake(
          json + ": expected a list of names, shapes and offsets: " + e.getOriginalMessage(), e);
    }
    ByteBuffer values = ByteBuffer.wrap(bytes(bin, hadoop)).order(ByteOrder.LITTLE_ENDIAN);
    Map<String, NamedTensor> tensors = new LinkedHashMap<>();
    for (Entry entry : entries) {
      tensors.put(entry.name(), tensor(entry, values, json, bin));
    }
    return tensors;
  }

  private static NamedTensor tensor(Entry entry, ByteBuffer values, Path json, Path bin) {
    if (entry == null || entry.name() == null || entry.shape() == null) {
      throw new UserMistake(json + ": an entry has no name or no shape");
    }
    long elements;
    try {
      elements = Shapes.elements(entry.shape());
    } catch (IllegalArgumentException e) {
      throw new UserMistake(json + ": " + entry.name() + ": " + e.getMessage(), e);
    }
    long room = (values.capacity() - entry.offset()) / Float.BYTES;
    if (entry.offset() < 0 || elements > room) {
      throw new UserMistake(
          bin
              + ": "
              + values.capacity()
              + " bytes, too few for "
              + entry.name()
              + Arrays.toString(entry.shape())
              + " at byte "
              + entry.offset());
    }
    float[] data = new float[(int) elements];
    values
        .slice((int) entry.offset(), data.length * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(data);
    return new NamedTensor(entry.name(), entry.shape(), data);
  }

  private static byte[] bytes(Path file, Configuration hadoop) throws IOException {
    try (FSDataInputStream in = file.getFileSystem(hadoop).open(file)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new UserMistake("no such weights file: " + file, e);
    }
  }
}
