package org.stylemining.adapt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.stylemining.config.UserMistake;
import org.stylemining.weights.NamedTensor;

/**
 * The files of a generator, told apart by what is in them: the encoder begins with a 1x1
 * convolution of colours, the decoder ends with a 3x3 one to colours, and of the two perceptrons
 * the encoding one takes what the decoding one gives.
 */
final class RainParts {
  private static final String PARALLEL = "module.";

  private enum Part {
    ENCODER,
    DECODER,
    FC_ENCODER,
    FC_DECODER;

    String prefix() {
      return name().toLowerCase(Locale.ROOT) + ".";
    }
  }

  /** One file's tensors, without a prefix. */
  private record Found(String file, Map<String, NamedTensor> tensors) {
    long size(String name, int dimension) {
      NamedTensor tensor = tensors.get(name);
      return tensor == null || tensor.shape().length <= dimension ? -1 : tensor.shape()[dimension];
    }

    long inputs() {
      return size("0.weight", 1);
    }

    long outputs() {
      return size("4.weight", 0);
    }
  }

  private final List<String> files = new ArrayList<>();
  private final Map<Part, Found> parts = new EnumMap<>(Part.class);
  private final List<Found> perceptrons = new ArrayList<>();
  private final Map<String, NamedTensor> others = new LinkedHashMap<>();

  /** Adds a file with one part under bare names, or with any under their prefixes. */
  void add(String file, Map<String, NamedTensor> tensors) {
    files.add(file);
    Map<String, NamedTensor> plain = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          String rest = name.startsWith(PARALLEL) ? name.substring(PARALLEL.length()) : name;
          plain.put(rest, tensor.named(rest));
        });
    if (plain.keySet().stream().anyMatch(n -> n.startsWith(Part.DECODER.prefix()))) {
      addPrefixed(file, plain);
      return;
    }
    Found found = new Found(file, plain);
    if (hasShape(plain.get("0.weight"), 3, 3, 1, 1)) {
      put(Part.ENCODER, found);
    } else if (plain.containsKey("28.weight") && found.size("28.weight", 0) == 3) {
      put(Part.DECODER, found);
    } else if (plain.size() == 6 && found.inputs() > 0 && found.outputs() > 0) {
      perceptrons.add(found);
    } else {
      throw new UserMistake(
          "%s: expected a part of RAIN (VGG-19, decoder, fc_encoder or fc_decoder), found %s"
              .formatted(file, plain.values().stream().limit(4).toList()));
    }
  }

  private void addPrefixed(String file, Map<String, NamedTensor> tensors) {
    Map<Part, Map<String, NamedTensor>> split = new EnumMap<>(Part.class);
    tensors.forEach(
        (name, tensor) -> {
          Part part =
              Arrays.stream(Part.values())
                  .filter(p -> name.startsWith(p.prefix()))
                  .findFirst()
                  .orElse(null);
          if (part == null) {
            others.put(name, tensor);
          } else {
            split
                .computeIfAbsent(part, p -> new LinkedHashMap<>())
                .put(name.substring(part.prefix().length()), tensor);
          }
        });
    split.forEach((part, own) -> put(part, new Found(file, own)));
  }

  /** The files' names. */
  List<String> files() {
    return files;
  }

  /**
   * All parts' tensors, with the parts' names before theirs.
   *
   * @throws UserMistake where a part is missing or two files are the same
   */
  Map<String, NamedTensor> joined() {
    tellPerceptronsApart();
    List<String> missing =
        Arrays.stream(Part.values())
            .filter(part -> !parts.containsKey(part))
            .map(part -> part.name().toLowerCase(Locale.ROOT))
            .toList();
    if (!missing.isEmpty()) {
      throw new UserMistake(
          "expected the files of RAIN's encoder (VGG-19), decoder, fc_encoder and fc_decoder, found "
              + (parts.isEmpty() ? "none of them" : known())
              + "; missing: "
              + String.join(", ", missing));
    }
    Map<String, NamedTensor> joined = new LinkedHashMap<>(others);
    parts.forEach(
        (part, found) ->
            found
                .tensors()
                .forEach((n, t) -> joined.put(part.prefix() + n, t.named(part.prefix() + n))));
    return joined;
  }

  private String known() {
    return parts.entrySet().stream()
        .map(e -> e.getKey().name().toLowerCase(Locale.ROOT) + " in " + e.getValue().file())
        .collect(Collectors.joining(", "));
  }

  private void tellPerceptronsApart() {
    for (Found one : perceptrons) {
      boolean encodes = isPair(one);
      boolean decodes = perceptrons.stream().anyMatch(other -> isPair(other, one));
      if (encodes == decodes) {
        throw new UserMistake(
            "expected fc_encoder [styles -> psi and xi] and fc_decoder [code -> styles], found "
                + perceptrons.stream()
                    .map(p -> "%s [%d -> %d]".formatted(p.file(), p.inputs(), p.outputs()))
                    .collect(Collectors.joining(", ")));
      }
      put(encodes ? Part.FC_ENCODER : Part.FC_DECODER, one);
    }
  }

  private boolean isPair(Found encoder) {
    return perceptrons.stream().anyMatch(decoder -> isPair(encoder, decoder));
  }

  /** Styles of length S to psi and xi, 2L; codes of length L to styles. */
  private static boolean isPair(Found encoder, Found decoder) {
    return encoder.inputs() == decoder.outputs() && encoder.outputs() == 2 * decoder.inputs();
  }

  private void put(Part part, Found found) {
    Found before = parts.put(part, found);
    if (before != null) {
      throw new UserMistake(
          "%s and %s: expected one %s, both are one"
              .formatted(before.file(), found.file(), part.name().toLowerCase(Locale.ROOT)));
    }
  }

  private static boolean hasShape(NamedTensor tensor, long... shape) {
    return tensor != null && Arrays.equals(tensor.shape(), shape);
  }
}
