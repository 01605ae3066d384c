package org.stylemining.adapt;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stylemining.weights.NamedTensor;
import org.stylemining.weights.Safetensors;
import org.stylemining.weights.TorchCheckpointWriter;

/** Weights of the fixtures, as published files hold them. */
final class WeightFiles {
  private WeightFiles() {}

  /** A fixture's tensors whose names satisfy the pattern. */
  static Map<String, NamedTensor> fixture(String name, String pattern) throws IOException {
    Map<String, NamedTensor> tensors = new LinkedHashMap<>();
    try (var in = WeightFiles.class.getResourceAsStream("/fixtures/" + name + ".safetensors")) {
      Safetensors.read(in, name)
          .tensors()
          .forEach(
              (key, tensor) -> {
                if (key.matches(pattern)) {
                  tensors.put(key, tensor);
                }
              });
    }
    return tensors;
  }

  /** The tensors whose names begin with the prefix, with another one. */
  static List<NamedTensor> renamed(Map<String, NamedTensor> tensors, String prefix, String other) {
    return tensors.values().stream()
        .filter(t -> t.name().startsWith(prefix))
        .map(t -> t.named(other + t.name().substring(prefix.length())))
        .toList();
  }

  /** Writes a PyTorch file. */
  static org.apache.hadoop.fs.Path torch(Path file, Collection<NamedTensor> tensors)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      TorchCheckpointWriter.write(out, tensors);
    }
    return new org.apache.hadoop.fs.Path(file.toString());
  }

  /** One value. */
  static NamedTensor tensor(String name, long... shape) {
    int length = 1;
    for (long size : shape) {
      length *= (int) size;
    }
    return new NamedTensor(name, shape, new float[length]);
  }
}
