package org.stylemining.adapt;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;
import org.stylemining.nn.Buffers;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.Rain;
import org.stylemining.weights.NamedTensor;
import org.stylemining.weights.Safetensors;

/**
 * A trained generator: its architecture and all its weights, encoder included, as they travel to
 * executors and rest in the folder that {@code pretrain} writes.
 *
 * @param architecture what it is made of
 * @param tensors parameters by name
 */
public record RainFolder(Rain.Architecture architecture, Map<String, NamedTensor> tensors)
    implements Serializable {
  /** The file in the folder. */
  public static final String FILE = "rain.safetensors";

  public RainFolder {
    tensors = new TreeMap<>(tensors);
  }

  /** Copies a generator's weights. */
  public static RainFolder of(Rain rain) {
    Map<String, NamedTensor> tensors = new TreeMap<>();
    List<NamedTensor> all = new ArrayList<>(ParameterTensors.of(rain.encoderParameters()));
    all.addAll(ParameterTensors.of(rain.parameters()));
    all.forEach(t -> tensors.put(t.name(), t));
    return new RainFolder(rain.architecture(), tensors);
  }

  /** A generator with these weights. */
  public Rain create(Buffers buffers, boolean trained, String where) {
    Rain rain = new Rain(architecture, buffers, trained);
    ParameterTensors.fill(rain.encoderParameters(), tensors, where);
    ParameterTensors.fill(rain.parameters(), tensors, where);
    return rain;
  }

  /**
   * Writes the folder's weights, beside and renamed, so that they are there whole or not at all.
   */
  public void write(Path folder, Configuration hadoop) throws IOException {
    FileSystem fs = folder.getFileSystem(hadoop);
    fs.mkdirs(folder);
    Path file = new Path(folder, FILE);
    Path beside = new Path(folder, "." + FILE + ".tmp");
    Safetensors.write(
        beside,
        hadoop,
        tensors.values(),
        Map.of(
            "encoder", architecture.encoder().name(),
            "width", Double.toString(architecture.width()),
            "latent", Integer.toString(architecture.latent()),
            "hidden", Integer.toString(architecture.hidden())));
    fs.delete(file, false);
    if (!fs.rename(beside, file)) {
      throw new IOException("cannot rename " + beside + " to " + file);
    }
  }

  /**
   * Reads a folder that {@code pretrain} wrote.
   *
   * @throws UserMistake where there is none, or it is damaged
   */
  public static RainFolder read(Path folder, Configuration hadoop) throws IOException {
    Path file = new Path(folder, FILE);
    if (!file.getFileSystem(hadoop).exists(file)) {
      throw new UserMistake(
          "style.rain: expected %s in %s, which `pretrain` writes; there is none"
              .formatted(FILE, folder));
    }
    return of(Safetensors.read(file, hadoop), file.toString());
  }

  /**
   * The generator in one file of such a folder.
   *
   * @param where the file's name for messages
   * @throws UserMistake where it is something else
   */
  static RainFolder of(Safetensors read, String where) {
    Map<String, String> facts = read.metadata();
    try {
      return new RainFolder(
          new Rain.Architecture(
              EncoderKind.valueOf(facts.get("encoder")),
              Double.parseDouble(facts.get("width")),
              Integer.parseInt(facts.get("latent")),
              Integer.parseInt(facts.get("hidden"))),
          read.tensors());
    } catch (RuntimeException e) {
      throw new UserMistake(
          "%s: expected a generator that `pretrain` wrote, found %s".formatted(where, facts));
    }
  }
}
