package org.stylemining.adapt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.config.UserMistake;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.ParameterStore;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.Rain;
import org.stylemining.weights.NamedTensor;
import org.stylemining.weights.ParameterShapes;
import org.stylemining.weights.Safetensors;
import org.stylemining.weights.WeightsFile;

/**
 * A generator from the official implementation's files (encoder, decoder and the two halves of the
 * auto-encoder, each a Sequential's parameters), or from one file with all of them.
 *
 * @param rain complete
 * @param report for people
 */
public record RainImport(RainFolder rain, ImportReport report) {
  private static final String MEAN = "style_mean";
  private static final String DEVIATION = "style_deviation";

  /**
   * Reads the files, in any order: what is in one is told from its tensors.
   *
   * @throws UserMistake where one is no part of a generator, two are the same part, a part is
   *     missing or parts do not fit together
   * @throws IOException where the file system fails
   */
  public static RainImport read(List<Path> files, Configuration hadoop) throws IOException {
    if (files.size() == 1 && isSafetensors(files.get(0))) {
      Safetensors file = Safetensors.read(files.get(0), hadoop);
      if (file.metadata().containsKey("encoder")) {
        String where = files.get(0).toString();
        RainFolder rain = RainFolder.of(file, where);
        return complete(where, rain.architecture(), rain.tensors());
      }
    }
    RainParts parts = new RainParts();
    for (Path file : files) {
      parts.add(file.toString(), WeightsFile.read(file, hadoop));
    }
    return of(parts);
  }

  private static RainImport of(RainParts parts) {
    String where = String.join(", ", parts.files());
    Map<String, NamedTensor> tensors = parts.joined();
    return complete(where, architecture(where, tensors), tensors);
  }

  /** Sizes from the shapes; the encoder is the official one. */
  private static Rain.Architecture architecture(String where, Map<String, NamedTensor> tensors) {
    Map<Integer, Long> channels = new LinkedHashMap<>();
    channels.put(64, outputs(where, tensors, "encoder.2.weight"));
    channels.put(128, outputs(where, tensors, "encoder.9.weight"));
    channels.put(256, outputs(where, tensors, "encoder.16.weight"));
    channels.put(512, outputs(where, tensors, "encoder.29.weight"));
    OptionalDouble width = WidthFactor.of(channels);
    if (width.isEmpty()) {
      throw new UserMistake(
          "%s: expected a VGG-19 of one width, of full widths %s, found %s"
              .formatted(where, channels.keySet(), channels.values()));
    }
    long code = outputs(where, tensors, "fc_encoder.4.weight");
    return new Rain.Architecture(
        EncoderKind.VGG19,
        width.getAsDouble(),
        Math.toIntExact(code / 2),
        Math.toIntExact(outputs(where, tensors, "fc_encoder.0.weight")));
  }

  private static long outputs(String where, Map<String, NamedTensor> tensors, String name) {
    NamedTensor tensor = tensors.get(name);
    if (tensor == null || tensor.shape().length < 2) {
      throw new UserMistake(
          "%s: expected a tensor %s [out, in, ...], found %s"
              .formatted(where, name, tensor == null ? "none" : tensor));
    }
    return tensor.shape()[0];
  }

  private static RainImport complete(
      String where, Rain.Architecture architecture, Map<String, NamedTensor> found) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    Map<String, NamedTensor> given = new LinkedHashMap<>(found);
    List<String> fresh = new ArrayList<>();
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Rain rain = new Rain(architecture, buffers, false)) {
      shapes.putAll(ParameterTensors.shapes(rain.encoderParameters()));
      shapes.putAll(ParameterTensors.shapes(rain.parameters()));
      if (!found.containsKey(MEAN) && !found.containsKey(DEVIATION)) {
        unstandardised(rain.parameters()).forEach(t -> given.put(t.name(), t));
        fresh.add(
            "%s = 0 and %s = 1: the official auto-encoder takes styles as they are"
                .formatted(MEAN, DEVIATION));
      }
    }
    Map<String, NamedTensor> selected = new ParameterShapes(shapes).select(where, given);
    List<NamedTensor> others = new ArrayList<>();
    List<NamedTensor> taken = new ArrayList<>();
    found.values().forEach(t -> (shapes.containsKey(t.name()) ? taken : others).add(t));
    return new RainImport(
        new RainFolder(architecture, selected),
        ImportReport.of(describe(architecture), taken, leftOut(where, others), fresh));
  }

  /** Layers of VGG behind relu4_1 are to be expected; nothing else is. */
  private static List<String> leftOut(String where, List<NamedTensor> others) {
    List<NamedTensor> unknown =
        others.stream().filter(t -> !t.name().startsWith("encoder.")).limit(4).toList();
    if (!unknown.isEmpty()) {
      throw new UserMistake("%s: %s is no part of the generator".formatted(where, unknown));
    }
    return others.isEmpty()
        ? List.of()
        : List.of(
            "%d tensors of the encoder behind relu4_1 (%s ...)"
                .formatted(others.size(), others.get(0)));
  }

  private static List<NamedTensor> unstandardised(ParameterStore store) {
    // Both have these values when nothing was trained.
    store.initialise(0);
    return ParameterTensors.of(store).stream()
        .filter(t -> t.name().equals(MEAN) || t.name().equals(DEVIATION))
        .toList();
  }

  private static String describe(Rain.Architecture architecture) {
    return "RAIN on %s of width %s, codes of %d, hidden layers of %d"
        .formatted(
            architecture.encoder().name().toLowerCase(Locale.ROOT),
            architecture.width(),
            architecture.latent(),
            architecture.hidden());
  }

  private static boolean isSafetensors(Path file) {
    return file.getName().toLowerCase(Locale.ROOT).endsWith(".safetensors");
  }
}
