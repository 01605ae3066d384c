package org.stylemining.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What is compared and how.
 *
 * @param experiment name of the configuration
 * @param command as it was given
 * @param budget what all methods have as much of, in words
 * @param methods settings by name, in the order of the tables
 * @param seeds of the cells
 * @param baseline name of the method that gains are measured against
 * @param measure that methods are compared by
 * @param classes names of all classes by train id
 * @param scored train ids of the classes that count
 * @param bootstrap over the scored images
 */
public record ComparisonPlan(
    String experiment,
    String command,
    String budget,
    Map<String, String> methods,
    List<Long> seeds,
    String baseline,
    Measure measure,
    List<String> classes,
    int[] scored,
    PairedBootstrap bootstrap) {
  public ComparisonPlan {
    methods = new LinkedHashMap<>(methods);
    seeds = List.copyOf(seeds);
    classes = List.copyOf(classes);
    scored = scored.clone();
    if (!methods.containsKey(baseline)) {
      throw new IllegalArgumentException(
          "expected the baseline among %s, found %s".formatted(methods.keySet(), baseline));
    }
  }

  /** Every method under every seed: seed by seed, so that what is done is comparable early. */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    seeds.forEach(seed -> methods.keySet().forEach(method -> cells.add(new Cell(method, seed))));
    return cells;
  }

  /** The score of a cell over all its images. */
  public double score(CellResult result) {
    return measure.of(ImageMatrix.sum(result.images()), scored);
  }

  /** Names of the classes that count, in the order of {@link #scored}. */
  List<String> scoredClasses() {
    return IntStream.of(scored).mapToObj(classes::get).toList();
  }
}
