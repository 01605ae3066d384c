package org.stylemining.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.stylemining.weights.Safetensors;

/**
 * Deviations of values computed here from PyTorch's: collected as rows, asserted one by one, and
 * printed as one table.
 */
final class ParityTable {
  private static final String ROW = "%-38s %12s %12s %12s %12s %9s";
  private final List<String> rows = new ArrayList<>();

  /**
   * How far values are from due ones.
   *
   * @param largest the largest difference over the largest due magnitude
   * @param l2 the L2 norm of the difference over that of the due values
   */
  record Deviation(double largest, double l2) {
    static Deviation of(float[] found, double[] due) {
      assertThat(found.length).as("number of values").isEqualTo(due.length);
      double worst = 0;
      double scale = 0;
      double square = 0;
      double norm = 0;
      for (int i = 0; i < due.length; i++) {
        double d = found[i] - due[i];
        // Not a number is no small deviation.
        worst = Double.isNaN(d) ? Double.POSITIVE_INFINITY : Math.max(worst, Math.abs(d));
        scale = Math.max(scale, Math.abs(due[i]));
        square += d * d;
        norm += due[i] * due[i];
      }
      return new Deviation(worst / scale, Math.sqrt(square / norm));
    }
  }

  /**
   * Compares with {@code single/NAME} and {@code double/NAME}; both measures of the difference from
   * PyTorch's float32 must stay below the limit.
   */
  void outputs(String what, float[] found, Safetensors due, String name, double limit) {
    double[] single = due.doubles("single/" + name);
    double[] exact = due.doubles("double/" + name);
    float[] torch = new float[single.length];
    for (int i = 0; i < single.length; i++) {
      torch[i] = (float) single[i];
    }
    Deviation fromTorch = Deviation.of(found, single);
    add(
        what,
        number(fromTorch.largest()),
        number(fromTorch.l2()),
        number(Deviation.of(found, exact).l2()),
        number(Deviation.of(torch, exact).l2()),
        number(limit));
    assertThat(fromTorch.largest()).as(what + ": largest deviation").isLessThan(limit);
    assertThat(fromTorch.l2()).as(what + ": relative L2").isLessThan(limit);
  }

  /** A row of what was compared with float64 alone. */
  void gradients(String what, double l2, double torch, double limit) {
    add(what, "", "", number(l2), number(torch), number(limit));
  }

  /** A remark in the table. */
  void remark(String text) {
    rows.add(text);
  }

  /** A heading. */
  void heading(String text) {
    rows.add("-- " + text);
  }

  private void add(String what, Object... columns) {
    Object[] all = new Object[columns.length + 1];
    all[0] = what;
    System.arraycopy(columns, 0, all, 1, columns.length);
    rows.add(ROW.formatted(all).stripTrailing());
  }

  static String number(double x) {
    return x == 0 ? "0" : String.format(Locale.ROOT, "%.1e", x);
  }

  /** All rows so far. */
  String text() {
    return "%-38s %25s %25s\n".formatted("", "from PyTorch's float32", "from float64")
        + ROW.formatted("relative deviation", "largest", "L2", "L2", "PyTorch's L2", "limit")
        + "\n"
        + String.join("\n", rows);
  }
}
