package org.stylemining.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;

/**
 * Methods compared over seeds.
 *
 * @param plan what was to be compared
 * @param cells what is done, in the plan's order
 * @param failed cells that failed, with the reason
 * @param methods each over its seeds, in the plan's order
 * @param differences of every method from every one before it in the plan
 */
public record Comparison(
    ComparisonPlan plan,
    List<CellResult> cells,
    Map<Cell, String> failed,
    List<MethodSummary> methods,
    List<Difference> differences) {

  /**
   * Compares what is done.
   *
   * @param results of the cells that are done, all over the same images
   * @param failed cells that failed, with the reason
   */
  public static Comparison of(
      ComparisonPlan plan, List<CellResult> results, Map<Cell, String> failed) {
    Map<Cell, CellResult> byCell = new LinkedHashMap<>();
    for (Cell cell : plan.cells()) {
      results.stream()
          .filter(result -> result.cell().equals(cell))
          .findFirst()
          .ifPresent(result -> byCell.put(cell, result));
    }
    List<CellResult> done = List.copyOf(byCell.values());
    Map<Cell, double[]> resampled = resampled(plan, done);
    List<String> names = List.copyOf(plan.methods().keySet());
    List<MethodSummary> methods = new ArrayList<>();
    List<Difference> differences = new ArrayList<>();
    for (int m = 0; m < names.size(); m++) {
      methods.add(summary(plan, names.get(m), byCell, resampled));
      for (int o = 0; o < m; o++) {
        differences.add(difference(plan, names.get(m), names.get(o), byCell, resampled));
      }
    }
    return new Comparison(plan, done, new LinkedHashMap<>(failed), methods, differences);
  }

  /** Number of cells that are neither done nor failed. */
  public int missing() {
    return plan.cells().size() - cells.size() - failed.size();
  }

  /** Number of images that every cell was scored on; 0 where no cell is done. */
  public int images() {
    return cells.isEmpty() ? 0 : cells.get(0).images().size();
  }

  /** A method over its seeds. */
  public MethodSummary method(String name) {
    return methods.stream()
        .filter(method -> method.method().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** How much better a method is than the baseline; empty for the baseline itself. */
  public Optional<Difference> gain(String method) {
    return method.equals(plan.baseline())
        ? Optional.empty()
        : Optional.of(difference(method, plan.baseline()));
  }

  /** How much better one method is than another. */
  public Difference difference(String method, String other) {
    for (Difference known : differences) {
      if (known.method().equals(method) && known.other().equals(other)) {
        return known;
      }
      if (known.method().equals(other) && known.other().equals(method)) {
        return new Difference(
            method,
            other,
            known.seeds(),
            -known.mean(),
            known.deviation(),
            known.p(),
            new Interval(-known.interval().upper(), -known.interval().lower()));
      }
    }
    throw new IllegalArgumentException("no difference of " + method + " from " + other);
  }

  /** The score of each done cell on the same resampled sets. */
  private static Map<Cell, double[]> resampled(ComparisonPlan plan, List<CellResult> done) {
    Map<Cell, double[]> resampled = new LinkedHashMap<>();
    if (!done.isEmpty()) {
      double[][] scores =
          plan.bootstrap()
              .scores(
                  plan.measure(), done.stream().map(CellResult::images).toList(), plan.scored());
      for (int i = 0; i < scores.length; i++) {
        resampled.put(done.get(i).cell(), scores[i]);
      }
    }
    return resampled;
  }

  private static MethodSummary summary(
      ComparisonPlan plan,
      String name,
      Map<Cell, CellResult> byCell,
      Map<Cell, double[]> resampled) {
    List<CellResult> own = new ArrayList<>();
    SortedMap<Long, Double> scores = new TreeMap<>();
    for (long seed : plan.seeds()) {
      CellResult result = byCell.get(new Cell(name, seed));
      if (result != null) {
        own.add(result);
        scores.put(seed, plan.score(result));
      }
    }
    double[] values = scores.values().stream().mapToDouble(Double::doubleValue).toArray();
    Map<String, Double> classes = new LinkedHashMap<>();
    for (int id : plan.scored()) {
      double mean =
          mean(own, result -> plan.measure().ofClass(ImageMatrix.sum(result.images()), id));
      classes.put(plan.classes().get(id), Double.isNaN(mean) ? null : Double.valueOf(mean));
    }
    return new MethodSummary(
        name,
        plan.methods().get(name),
        scores,
        StatUtils.mean(values),
        deviation(values),
        PairedBootstrap.interval(
            plan.bootstrap()
                .overSeeds(own.stream().map(result -> resampled.get(result.cell())).toList())),
        classes,
        own.isEmpty() ? 0 : own.get(0).updates(),
        own.isEmpty() ? 0 : own.get(0).sourceImages(),
        mean(own, CellResult::trainSeconds),
        mean(own, CellResult::evaluateSeconds));
  }

  private static Difference difference(
      ComparisonPlan plan,
      String method,
      String other,
      Map<Cell, CellResult> byCell,
      Map<Cell, double[]> resampled) {
    List<Long> shared =
        plan.seeds().stream()
            .filter(
                seed ->
                    byCell.containsKey(new Cell(method, seed))
                        && byCell.containsKey(new Cell(other, seed)))
            .toList();
    double[] one = scores(plan, method, shared, byCell);
    double[] two = scores(plan, other, shared, byCell);
    double[] apart = new double[one.length];
    for (int i = 0; i < apart.length; i++) {
      apart[i] = one[i] - two[i];
    }
    List<double[]> differences = new ArrayList<>();
    for (long seed : shared) {
      double[] a = resampled.get(new Cell(method, seed));
      double[] b = resampled.get(new Cell(other, seed));
      double[] d = new double[a.length];
      for (int r = 0; r < d.length; r++) {
        d[r] = a[r] - b[r];
      }
      differences.add(d);
    }
    return new Difference(
        method,
        other,
        apart.length,
        StatUtils.mean(apart),
        deviation(apart),
        apart.length < 2 || Arrays.stream(apart).allMatch(d -> d == apart[0])
            ? Double.NaN
            : new TTest().pairedTTest(one, two),
        PairedBootstrap.interval(plan.bootstrap().overSeeds(differences)));
  }

  private static double[] scores(
      ComparisonPlan plan, String method, List<Long> seeds, Map<Cell, CellResult> byCell) {
    return seeds.stream()
        .mapToDouble(seed -> plan.score(byCell.get(new Cell(method, seed))))
        .toArray();
  }

  private static double mean(List<CellResult> results, ToDoubleFunction<CellResult> value) {
    return StatUtils.mean(results.stream().mapToDouble(value).toArray());
  }

  private static double deviation(double[] values) {
    return values.length < 2 ? Double.NaN : Math.sqrt(StatUtils.variance(values));
  }
}
