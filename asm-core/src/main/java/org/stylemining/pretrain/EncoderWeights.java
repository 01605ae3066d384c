package org.stylemining.pretrain;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.config.UserMistake;
import org.stylemining.nn.Parameter;
import org.stylemining.nn.ParameterStore;
import org.stylemining.style.EncoderKind;
import org.stylemining.weights.NamedTensor;
import org.stylemining.weights.Safetensors;
import org.stylemining.weights.SqueezeNetWeights;
import org.stylemining.weights.TorchCheckpoint;

/** Published weights of the encoders, from the files that their users have. */
final class EncoderWeights {
  private static final String PREFIX = "encoder.";

  private EncoderWeights() {}

  /**
   * Sets the encoder's parameters from a file: VGG's .pth or .safetensors, SqueezeNet's .json
   * beside its .bin.
   */
  static void load(EncoderKind kind, ParameterStore store, String file, Configuration hadoop)
      throws IOException {
    Path path = new Path(file);
    Map<String, NamedTensor> published = new LinkedHashMap<>();
    if (kind == EncoderKind.SQUEEZENET) {
      published.putAll(SqueezeNetWeights.read(path, hadoop));
    } else if (file.endsWith(".safetensors")) {
      published.putAll(Safetensors.read(path, hadoop).tensors());
    } else {
      published.putAll(TorchCheckpoint.read(path, hadoop));
    }
    for (Parameter p : store.parameters()) {
      String name = p.name().substring(PREFIX.length());
      boolean bias = name.endsWith(".bias");
      if (kind == EncoderKind.SQUEEZENET) {
        name = bias ? name.replace(".bias", "/bias") : name.replace(".weight", "/kernel_OIHW");
      }
      NamedTensor tensor = published.getOrDefault(name, published.get(p.name()));
      if (tensor == null) {
        throw new UserMistake(
            "style.encoder-weights: expected a tensor %s in %s, found %s ..."
                .formatted(name, file, published.keySet().stream().limit(5).toList()));
      }
      INDArray values = Nd4j.createFromArray(tensor.data()).reshape('c', tensor.shape());
      if (kind == EncoderKind.SQUEEZENET && bias) {
        values.muli(EncoderKind.SQUEEZENET_SCALE);
      }
      try {
        p.accept(values);
      } catch (IllegalArgumentException e) {
        throw new UserMistake("style.encoder-weights: " + file + ": " + e.getMessage());
      }
    }
  }
}
