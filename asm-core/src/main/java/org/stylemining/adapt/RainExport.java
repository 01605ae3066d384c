package org.stylemining.adapt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.stylemining.config.UserMistake;
import org.stylemining.style.EncoderKind;
import org.stylemining.weights.NamedTensor;

/**
 * A generator as the official implementation's networks take it: one Sequential's parameters per
 * file. The official auto-encoder knows no standardisation of styles, so it goes into the first and
 * the last of its layers: W (s - m) / d + b = (W / d) s + (b - W (m / d)), and (W h + b) d + m = (d
 * W) h + (d b + m).
 */
public final class RainExport {
  private static final String FIRST = "0.";
  private static final String LAST = "4.";

  private RainExport() {}

  /**
   * Parameters by file, without the file name's ending: {@code encoder}, {@code decoder}, {@code
   * fc_encoder}, {@code fc_decoder}.
   *
   * @param where the generator's folder, for messages
   * @throws UserMistake where its encoder is not the official one
   */
  public static Map<String, List<NamedTensor>> parts(RainFolder rain, String where) {
    EncoderKind encoder = rain.architecture().encoder();
    if (encoder != EncoderKind.VGG19) {
      throw new UserMistake(
          "%s: the official networks are built on vgg19, this generator is built on %s"
              .formatted(where, encoder.name().toLowerCase(Locale.ROOT)));
    }
    Map<String, List<NamedTensor>> parts = new LinkedHashMap<>();
    for (String part : List.of("encoder", "decoder", "fc_encoder", "fc_decoder")) {
      Map<String, NamedTensor> own = new LinkedHashMap<>();
      rain.tensors().values().stream()
          .filter(t -> t.name().startsWith(part + "."))
          .sorted(Comparator.comparingInt(t -> index(t, part)))
          .map(t -> t.named(t.name().substring(part.length() + 1)))
          .forEach(t -> own.put(t.name(), t));
      parts.put(part, new ArrayList<>(folded(part, own, rain.tensors()).values()));
    }
    return parts;
  }

  private static int index(NamedTensor tensor, String part) {
    String rest = tensor.name().substring(part.length() + 1);
    return Integer.parseInt(rest.substring(0, rest.indexOf('.')));
  }

  private static Map<String, NamedTensor> folded(
      String part, Map<String, NamedTensor> own, Map<String, NamedTensor> rain) {
    float[] mean = rain.get("style_mean").data();
    float[] deviation = rain.get("style_deviation").data();
    if (all(mean, 0) && all(deviation, 1)) {
      return own;
    }
    if (part.equals("fc_encoder")) {
      intoFirst(own, mean, deviation);
    } else if (part.equals("fc_decoder")) {
      intoLast(own, mean, deviation);
    }
    return own;
  }

  private static boolean all(float[] values, float number) {
    for (float value : values) {
      if (value != number) {
        return false;
      }
    }
    return true;
  }

  private static void intoFirst(Map<String, NamedTensor> own, float[] mean, float[] deviation) {
    NamedTensor weight = own.get(FIRST + "weight");
    NamedTensor bias = own.get(FIRST + "bias");
    float[] weights = weight.data().clone();
    float[] biases = bias.data().clone();
    for (int out = 0; out < biases.length; out++) {
      double moved = biases[out];
      for (int in = 0; in < mean.length; in++) {
        int at = out * mean.length + in;
        double scaled = (double) weights[at] / deviation[in];
        weights[at] = (float) scaled;
        moved -= scaled * mean[in];
      }
      biases[out] = (float) moved;
    }
    own.put(weight.name(), new NamedTensor(weight.name(), weight.shape(), weights));
    own.put(bias.name(), new NamedTensor(bias.name(), bias.shape(), biases));
  }

  private static void intoLast(Map<String, NamedTensor> own, float[] mean, float[] deviation) {
    NamedTensor weight = own.get(LAST + "weight");
    NamedTensor bias = own.get(LAST + "bias");
    float[] weights = weight.data().clone();
    float[] biases = bias.data().clone();
    int inputs = weights.length / biases.length;
    for (int out = 0; out < biases.length; out++) {
      for (int in = 0; in < inputs; in++) {
        weights[out * inputs + in] *= deviation[out];
      }
      biases[out] = (float) ((double) biases[out] * deviation[out] + mean[out]);
    }
    own.put(weight.name(), new NamedTensor(weight.name(), weight.shape(), weights));
    own.put(bias.name(), new NamedTensor(bias.name(), bias.shape(), biases));
  }
}
