package org.stylemining.adapt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.config.UserMistake;
import org.stylemining.nn.Parameter;
import org.stylemining.weights.NamedTensor;

/** What published files have of a network's parameters, and what they have besides. */
final class PublishedTensors {
  private static final String COUNTER = "num_batches_tracked";

  /**
   * What wraps the model in published files: a module that rescales its input, data parallelism.
   */
  private static final List<String> WRAPPERS = List.of("module.", "Scale.");

  private PublishedTensors() {}

  /**
   * The tensors with the names of the network's parts, without wrappers' prefixes.
   *
   * @param where the file's name, for messages
   * @param parts first words of the network's own parameters
   * @param leftOut is told of all others
   */
  static Map<String, NamedTensor> own(
      String where, Map<String, NamedTensor> found, List<String> parts, List<String> leftOut) {
    Map<String, NamedTensor> own = new LinkedHashMap<>();
    Map<String, List<NamedTensor>> others = new TreeMap<>();
    int counters = 0;
    for (NamedTensor tensor : found.values()) {
      String name = unwrapped(tensor.name());
      if (name.endsWith("." + COUNTER)) {
        counters++;
      } else if (!parts.contains(firstWord(name))) {
        others.computeIfAbsent(firstWord(name), word -> new ArrayList<>()).add(tensor);
      } else if (own.put(name, tensor.named(name)) != null) {
        throw new UserMistake("%s: has %s twice, with and without a prefix".formatted(where, name));
      }
    }
    if (counters > 0) {
      leftOut.add(counters + " counters " + COUNTER + ", which nothing here reads");
    }
    others.forEach(
        (word, tensors) ->
            leftOut.add(
                "%s (%d tensors, %s ...), no part of the network"
                    .formatted(word, tensors.size(), tensors.get(0))));
    return own;
  }

  private static String unwrapped(String name) {
    String rest = name;
    for (String wrapper : WRAPPERS) {
      if (rest.startsWith(wrapper)) {
        rest = rest.substring(wrapper.length());
      }
    }
    return rest;
  }

  /** The part of the network that a parameter belongs to. */
  static String firstWord(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** A parameter's present value. */
  static NamedTensor of(Parameter p) {
    INDArray published = p.publish();
    NamedTensor tensor = new NamedTensor(p.name(), p.publishedShape(), published.data().asFloat());
    published.close();
    return tensor;
  }
}
