package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.stylemining.image.RgbImage;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.Parameter;
import org.stylemining.nn.ParameterStore;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.Rain;
import org.stylemining.weights.NamedTensor;
import org.stylemining.weights.Safetensors;
import org.stylemining.weights.TorchCheckpoint;

/**
 * What PyTorch makes of networks of full width: {@code src/test/torch/full_width.py}, run by a
 * Python that has PyTorch, and the files it leaves.
 *
 * @param folder where they are
 */
record FullWidthPyTorch(Path folder) {
  private static final Path SCRIPT =
      Path.of(System.getProperty("basedir", "."), "src", "test", "torch", "full_width.py");

  /** Why the script cannot be run here; empty where it can. */
  static Optional<String> missing(Path folder) {
    String python = python();
    return Files.isExecutable(Path.of(python))
            && execute(folder, python, "-c", "import torch, numpy") == 0
        ? Optional.empty()
        : Optional.of(
            python
                + " has no PyTorch: install python3-torch, python3-numpy and libopenblas0-pthread,"
                + " or set ASM_PYTHON to a Python that has it");
  }

  /** Runs parts of the script. */
  static FullWidthPyTorch run(Path folder, List<String> parts, String... options) {
    List<String> command = new ArrayList<>(List.of(python(), SCRIPT.toString(), folder.toString()));
    command.addAll(parts);
    command.addAll(Arrays.asList(options));
    int status = execute(folder, command.toArray(String[]::new));
    assertThat(status).as("%s ended: %s", command, log(folder)).isZero();
    return new FullWidthPyTorch(folder);
  }

  private static String python() {
    return Optional.ofNullable(System.getenv("ASM_PYTHON")).orElse("/usr/bin/python3");
  }

  private static int execute(Path folder, String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      if (!process.waitFor(15, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException(List.of(command) + " did not end: " + log(folder));
      }
      return process.exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String log(Path folder) {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers of one part of the script. */
  Safetensors numbers(String part) {
    Path file = folder.resolve(part + ".safetensors");
    try (InputStream in = Files.newInputStream(file)) {
      return Safetensors.read(in, file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Parameters that torch.save wrote, with a prefix before their names. */
  Map<String, NamedTensor> weights(String file, String prefix) {
    try {
      Map<String, NamedTensor> named = new LinkedHashMap<>();
      TorchCheckpoint.read(
              new org.apache.hadoop.fs.Path(folder.resolve(file).toUri()), new Configuration())
          .forEach((name, tensor) -> named.put(prefix + name, tensor.named(prefix + name)));
      return named;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets a task network's parameters from a file of the script. */
  void fill(ParameterStore store, String file) {
    ParameterTensors.fill(store, weights(file, ""), file);
  }

  /** The generator with the script's weights. */
  Rain rain(Buffers buffers) {
    Rain rain = new Rain(new Rain.Architecture(EncoderKind.VGG19, 1, 512, 1024), buffers, false);
    ParameterTensors.fill(
        rain.encoderParameters(), weights("vgg_normalised.pth", "encoder."), "vgg_normalised.pth");
    Map<String, NamedTensor> tensors = new LinkedHashMap<>();
    for (String part : List.of("decoder", "fc_encoder", "fc_decoder")) {
      tensors.putAll(weights(part + ".pth", part + "."));
    }
    // The official auto-encoder does not standardise styles.
    for (String name : List.of("style_mean", "style_deviation")) {
      Parameter p = rain.parameters().get(name);
      float[] values = new float[Math.toIntExact(p.length())];
      Arrays.fill(values, name.equals("style_mean") ? 0 : 1);
      tensors.put(name, new NamedTensor(name, p.publishedShape(), values));
    }
    ParameterTensors.fill(rain.parameters(), tensors, "the generator");
    return rain;
  }

  /** Images that the script stored as bytes [B, H, W, 3]. */
  static List<RgbImage> images(Safetensors due, String name) {
    long[] shape = due.shape(name);
    long[] values = due.longs(name);
    int length = values.length / (int) shape[0];
    List<RgbImage> images = new ArrayList<>();
    for (int b = 0; b < shape[0]; b++) {
      byte[] rgb = new byte[length];
      for (int i = 0; i < length; i++) {
        rgb[i] = (byte) values[b * length + i];
      }
      images.add(new RgbImage((int) shape[2], (int) shape[1], rgb));
    }
    return images;
  }

  /** HxW of a part's source images. */
  static String size(Safetensors due) {
    long[] shape = due.shape("image");
    return shape[1] + "x" + shape[2];
  }
}
