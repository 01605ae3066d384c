package org.stylemining.comparison;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** {@code compare.json}: everything in a comparison, for programs. Scores are fractions 0..1. */
public final class ComparisonJson {
  private ComparisonJson() {}

  /** Indented; what there is not is null. */
  public static String of(Comparison comparison) {
    ComparisonPlan plan = comparison.plan();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("experiment", plan.experiment());
    root.put("command", plan.command());
    root.put("budget", plan.budget());
    root.put("measure", plan.measure().label());
    root.put("baseline", plan.baseline());
    ArrayNode seeds = root.putArray("seeds");
    plan.seeds().forEach(seeds::add);
    root.put("images", comparison.images());
    ObjectNode bootstrap = root.putObject("bootstrap");
    bootstrap.put("resamples", plan.bootstrap().resamples());
    bootstrap.put("block", plan.bootstrap().block());
    ArrayNode methods = root.putArray("methods");
    comparison.methods().forEach(method -> add(method, methods.addObject()));
    ArrayNode differences = root.putArray("differences");
    comparison.differences().forEach(difference -> add(difference, differences.addObject()));
    ArrayNode cells = root.putArray("cells");
    comparison.cells().forEach(result -> add(comparison, result, cells.addObject()));
    ArrayNode failed = root.putArray("failed");
    comparison
        .failed()
        .forEach(
            (cell, reason) -> {
              ObjectNode node = cell(cell, failed.addObject());
              node.put("reason", reason);
            });
    root.put("missing", comparison.missing());
    return root.toPrettyString() + "\n";
  }

  private static void add(MethodSummary method, ObjectNode node) {
    node.put("method", method.method());
    node.put("settings", method.settings());
    number(node, "mean", method.mean());
    number(node, "deviation", method.deviation());
    interval(node, method.interval());
    ObjectNode seeds = node.putObject("seeds");
    method.scores().forEach((seed, score) -> number(seeds, Long.toString(seed), score));
    classes(node, method.classes());
    node.put("updates", method.updates());
    node.put("sourceImages", method.sourceImages());
    number(node, "trainSeconds", method.trainSeconds());
    number(node, "evaluateSeconds", method.evaluateSeconds());
  }

  private static void add(Difference difference, ObjectNode node) {
    node.put("method", difference.method());
    node.put("other", difference.other());
    node.put("seeds", difference.seeds());
    number(node, "difference", difference.mean());
    number(node, "deviation", difference.deviation());
    interval(node, difference.interval());
    number(node, "p", difference.p());
  }

  private static void add(Comparison comparison, CellResult result, ObjectNode node) {
    cell(result.cell(), node);
    number(node, "score", comparison.plan().score(result));
    node.put("updates", result.updates());
    node.put("sourceImages", result.sourceImages());
    number(node, "trainSeconds", result.trainSeconds());
    number(node, "evaluateSeconds", result.evaluateSeconds());
  }

  private static ObjectNode cell(Cell cell, ObjectNode node) {
    return node.put("method", cell.method()).put("seed", cell.seed());
  }

  private static void interval(ObjectNode node, Interval interval) {
    number(node, "lower", interval.lower());
    number(node, "upper", interval.upper());
  }

  private static void classes(ObjectNode node, Map<String, Double> classes) {
    ObjectNode byClass = node.putObject("classes");
    classes.forEach((name, iou) -> number(byClass, name, iou == null ? Double.NaN : iou));
  }

  private static void number(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    } else {
      node.putNull(key);
    }
  }
}
