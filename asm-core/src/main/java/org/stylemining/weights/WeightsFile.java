package org.stylemining.weights;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;

/** A file of weights in any of the formats known here, told by the end of its name. */
public final class WeightsFile {

  private WeightsFile() {}

  /**
   * Reads all tensors by name, as float32, in the file's order.
   *
   * @param file {@code .safetensors}; {@code .pth}, {@code .pt} or {@code .bin} (PyTorch); {@code
   *     .json} (SqueezeNet's list, beside its .bin). A local path or URI of any file system that
   *     Hadoop is configured for
   * @throws UserMistake where its name ends otherwise, or it cannot be read as what its name says
   * @throws IOException where the file system fails
   */
  public static Map<String, NamedTensor> read(Path file, Configuration hadoop) throws IOException {
    String name = file.getName().toLowerCase(Locale.ROOT);
    String end = name.substring(name.lastIndexOf('.') + 1);
    return switch (end) {
      case "safetensors" -> Safetensors.read(file, hadoop).tensors();
      case "pth", "pt", "bin" -> TorchCheckpoint.read(file, hadoop);
      case "json" -> SqueezeNetWeights.read(file, hadoop);
      default ->
          throw new UserMistake(
              file + ": weights should be a .safetensors, .pth, .pt or SqueezeNet's .json file");
    };
  }
}
