package org.stylemining.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;

/**
 * A Keras model as TensorFlow.js stores it ("layers model"): {@code model.json} with the layers'
 * settings and a {@code weightsManifest}, and beside it the shards, which form one stream of
 * little-endian float32 values per group of the manifest and are cut anywhere, inside tensors too.
 * Nothing that the model names is run.
 *
 * @param layers in the model's order, by name
 * @param tensors by name, such as {@code res2a_branch2a/kernel} ([height, width, in, out]) or
 *     {@code bn_conv1/gamma}, in the manifest's order
 */
public record TensorFlowJsModel(Map<String, Layer> layers, Map<String, NamedTensor> tensors) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A name in the model's own folder, or below it. */
  private static final Pattern SHARD = Pattern.compile("[\\w-][\\w.-]*(/[\\w-][\\w.-]*)*");

  /**
   * One layer.
   *
   * @param name in the model
   * @param type Keras' class, such as {@code Conv2D}
   * @param settings as Keras stores them, such as {@code strides} or {@code epsilon}
   */
  public record Layer(String name, String type, JsonNode settings) {}

  public TensorFlowJsModel {
    layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * Reads a model and all its shards.
   *
   * @param json the {@code model.json}, a local path or URI of any file system that Hadoop is
   *     configured for
   * @throws UserMistake where a file is absent or damaged, or this is another kind of model
   * @throws IOException where the file system fails
   */
  public static TensorFlowJsModel read(Path json, Configuration hadoop) throws IOException {
    JsonNode root = json(json, hadoop);
    String format = root.path("format").asText("layers-model");
    JsonNode manifest = root.path("weightsManifest");
    if (!format.equals("layers-model") || !manifest.isArray() || manifest.isEmpty()) {
      throw mistake(
          json,
          "expected TensorFlow.js's layers-model with a weightsManifest, found "
              + (manifest.isArray() ? format : "no weightsManifest"));
    }
    Map<String, NamedTensor> tensors = new LinkedHashMap<>();
    for (JsonNode group : manifest) {
      for (NamedTensor tensor : group(group, json, hadoop)) {
        if (tensors.put(tensor.name(), tensor) != null) {
          throw mistake(json, "its weightsManifest has " + tensor.name() + " twice");
        }
      }
    }
    return new TensorFlowJsModel(layers(root, json), tensors);
  }

  private static Map<String, Layer> layers(JsonNode root, Path json) {
    JsonNode config = root.path("modelTopology").path("model_config").path("config");
    JsonNode stored = config.isArray() ? config : config.path("layers");
    Map<String, Layer> layers = new LinkedHashMap<>();
    for (JsonNode layer : stored) {
      String name = layer.path("config").path("name").asText(layer.path("name").asText());
      layers.put(name, new Layer(name, layer.path("class_name").asText(), layer.path("config")));
    }
    if (layers.isEmpty()) {
      throw mistake(json, "its modelTopology has no layers");
    }
    return layers;
  }

  private static List<NamedTensor> group(JsonNode group, Path json, Configuration hadoop)
      throws IOException {
    List<Path> shards = new ArrayList<>();
    for (JsonNode path : group.path("paths")) {
      if (!SHARD.matcher(path.asText()).matches()) {
        throw mistake(json, "expected a shard's name beside this file, found " + path);
      }
      shards.add(new Path(json.getParent(), path.asText()));
    }
    Map<String, long[]> shapes = new LinkedHashMap<>();
    long values = 0;
    for (JsonNode weight : group.path("weights")) {
      String name = weight.path("name").asText();
      long[] shape = shape(weight, name, json);
      if (shapes.put(name, shape) != null) {
        throw mistake(json, "its weightsManifest has " + name + " twice");
      }
      values = Math.addExact(values, Shapes.elements(shape));
    }
    // Before anything of the announced size is allocated.
    long bytes = 0;
    for (Path shard : shards) {
      bytes += length(shard, hadoop);
    }
    if (bytes != Math.multiplyExact(values, (long) Float.BYTES)) {
      throw mistake(
          json,
          "its weights have %d values of %d bytes, but its %d shards have %d bytes together"
              .formatted(values, Float.BYTES, shards.size(), bytes));
    }
    try (ShardStream stream = new ShardStream(shards, hadoop)) {
      List<NamedTensor> tensors = new ArrayList<>();
      for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
        float[] data = stream.floats((int) Shapes.elements(entry.getValue()));
        tensors.add(new NamedTensor(entry.getKey(), entry.getValue(), data));
      }
      return tensors;
    }
  }

  private static long[] shape(JsonNode weight, String name, Path json) {
    String type = weight.path("dtype").asText();
    if (name.isBlank() || !weight.path("shape").isArray()) {
      throw mistake(json, "a weight has no name or no shape: " + weight);
    }
    if (!type.equals("float32") || weight.has("quantization")) {
      throw mistake(
          json,
          "weight %s: expected plain float32, found %s%s"
              .formatted(name, type, weight.has("quantization") ? ", quantized" : ""));
    }
    long[] shape = new long[weight.path("shape").size()];
    Arrays.setAll(shape, d -> weight.path("shape").get(d).asLong(-1));
    try {
      if (Shapes.elements(shape) > Integer.MAX_VALUE / Float.BYTES) {
        throw new IllegalArgumentException(Arrays.toString(shape) + " has too many values");
      }
    } catch (IllegalArgumentException e) {
      throw new UserMistake("%s: weight %s: %s".formatted(json, name, e.getMessage()), e);
    }
    return shape;
  }

  private static long length(Path shard, Configuration hadoop) throws IOException {
    try {
      return shard.getFileSystem(hadoop).getFileStatus(shard).getLen();
    } catch (FileNotFoundException e) {
      throw new UserMistake("no such shard of a TensorFlow.js model: " + shard, e);
    }
  }

  private static JsonNode json(Path file, Configuration hadoop) throws IOException {
    try (FSDataInputStream in = file.getFileSystem(hadoop).open(file)) {
      JsonNode root = JSON.readTree(in.readAllBytes());
      if (root == null || !root.isObject()) {
        throw mistake(file, "expected TensorFlow.js's model.json, found no JSON object");
      }
      return root;
    } catch (FileNotFoundException e) {
      throw new UserMistake("no such model file: " + file, e);
    } catch (JsonProcessingException e) {
      throw new UserMistake(
          file + ": expected TensorFlow.js's model.json: " + e.getOriginalMessage(), e);
    }
  }

  private static UserMistake mistake(Path file, String what) {
    return new UserMistake(file + ": " + what);
  }
}
