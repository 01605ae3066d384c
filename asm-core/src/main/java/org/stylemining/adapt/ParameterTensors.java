package org.stylemining.adapt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.config.UserMistake;
import org.stylemining.nn.Parameter;
import org.stylemining.nn.ParameterStore;
import org.stylemining.weights.NamedTensor;

/** Parameters as named tensors in PyTorch's form, and back. */
public final class ParameterTensors {
  private ParameterTensors() {}

  /** All parameters in theta's order, copies. */
  public static List<NamedTensor> of(ParameterStore store) {
    List<NamedTensor> tensors = new ArrayList<>();
    for (Parameter p : store.parameters()) {
      INDArray published = p.publish();
      tensors.add(new NamedTensor(p.name(), p.publishedShape(), published.data().asFloat()));
      published.close();
    }
    return tensors;
  }

  /** Names and published shapes of all parameters. */
  public static Map<String, long[]> shapes(ParameterStore store) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    store.parameters().forEach(p -> shapes.put(p.name(), p.publishedShape()));
    return shapes;
  }

  /**
   * Sets every parameter.
   *
   * @param where what the tensors were read from, for messages
   * @throws UserMistake where one is missing or of another shape
   */
  public static void fill(ParameterStore store, Map<String, NamedTensor> tensors, String where) {
    for (Parameter p : store.parameters()) {
      NamedTensor tensor = tensors.get(p.name());
      if (tensor == null) {
        throw new UserMistake(
            "%s: expected a tensor %s, found %s"
                .formatted(where, p.name(), tensors.keySet().stream().limit(5).toList()));
      }
      try {
        accept(p, tensor, 1);
      } catch (IllegalArgumentException e) {
        throw new UserMistake(where + ": " + e.getMessage());
      }
    }
  }

  /** Sets one parameter to factor * tensor. */
  static void accept(Parameter p, NamedTensor tensor, double factor) {
    INDArray values = Nd4j.createFromArray(tensor.data()).reshape('c', tensor.shape());
    if (factor != 1) {
      values.muli(factor);
    }
    p.accept(values);
  }
}
