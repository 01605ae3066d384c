package org.stylemining.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stylemining.config.UserMistake;

/**
 * Names and shapes of all parameters and running statistics of a network: what weights must have to
 * belong to it.
 *
 * @param shapes sizes per dimension by name, in the network's order
 */
public record ParameterShapes(Map<String, long[]> shapes) {

  /** More differences than this are counted only. */
  private static final int LISTED = 5;

  /** Keeps the order of the map given. */
  public ParameterShapes {
    shapes = Collections.unmodifiableMap(new LinkedHashMap<>(shapes));
  }

  /** The names and shapes of weights. */
  public static ParameterShapes of(Map<String, NamedTensor> tensors) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return new ParameterShapes(shapes);
  }

  /**
   * Checks that weights have exactly these names and shapes.
   *
   * @param where the weights' file or folder, for the message
   * @throws UserMistake listing the first differences
   */
  public void check(String where, Map<String, NamedTensor> found) {
    List<String> differences = missingOrOther(found);
    for (String name : found.keySet()) {
      if (!shapes.containsKey(name)) {
        differences.add(name + Arrays.toString(found.get(name).shape()) + " is not in the network");
      }
    }
    report(where, differences);
  }

  /**
   * Takes the weights with these names, in the network's order, and leaves others aside.
   *
   * @param where the weights' file or folder, for the message
   * @throws UserMistake listing the first that are missing or have another shape
   */
  public Map<String, NamedTensor> select(String where, Map<String, NamedTensor> found) {
    report(where, missingOrOther(found));
    Map<String, NamedTensor> selected = new LinkedHashMap<>();
    shapes.keySet().forEach(name -> selected.put(name, found.get(name)));
    return selected;
  }

  private List<String> missingOrOther(Map<String, NamedTensor> found) {
    List<String> differences = new ArrayList<>();
    shapes.forEach(
        (name, shape) -> {
          NamedTensor tensor = found.get(name);
          if (tensor == null) {
            differences.add(name + Arrays.toString(shape) + " is missing");
          } else if (!Arrays.equals(shape, tensor.shape())) {
            differences.add(
                name
                    + " should be "
                    + Arrays.toString(shape)
                    + ", found "
                    + Arrays.toString(tensor.shape()));
          }
        });
    return differences;
  }

  private static void report(String where, List<String> differences) {
    if (differences.isEmpty()) {
      return;
    }
    String listed = String.join("; ", differences.subList(0, Math.min(LISTED, differences.size())));
    int more = differences.size() - LISTED;
    throw new UserMistake(
        where
            + ": these are weights of another architecture: "
            + listed
            + (more > 0 ? "; and " + more + " more differences" : ""));
  }
}
