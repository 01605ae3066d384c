package org.stylemining.comparison;

import java.util.Locale;
import org.stylemining.score.ConfusionMatrix;

/**
 * {@code compare.csv}: a line for each number of each cell, {@code method,seed,measure,value}, for
 * spreadsheets and statistics programs. Scores are fractions 0..1; a class that the truth does not
 * show has no line.
 */
public final class ComparisonCsv {
  private ComparisonCsv() {}

  /** With a heading; lines end with a line feed. */
  public static String of(Comparison comparison) {
    ComparisonPlan plan = comparison.plan();
    StringBuilder csv = new StringBuilder("method,seed,measure,value\n");
    for (CellResult result : comparison.cells()) {
      line(csv, result, plan.measure().label(), comparison.plan().score(result));
      ConfusionMatrix matrix = ImageMatrix.sum(result.images());
      for (int id : plan.scored()) {
        line(
            csv,
            result,
            plan.measure().classLabel() + " " + plan.classes().get(id),
            plan.measure().ofClass(matrix, id));
      }
      line(csv, result, "updates", result.updates());
      line(csv, result, "source images", result.sourceImages());
      line(csv, result, "training seconds", result.trainSeconds());
      line(csv, result, "evaluation seconds", result.evaluateSeconds());
    }
    return csv.toString();
  }

  private static void line(StringBuilder csv, CellResult result, String measure, double value) {
    if (Double.isFinite(value)) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%d,%s,%s\n",
              result.cell().method(),
              result.cell().seed(),
              measure,
              value == Math.rint(value) && Math.abs(value) < 1e15
                  ? Long.toString((long) value)
                  : Double.toString(value)));
    }
  }
}
