package org.stylemining.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A small network's loss and gradients: in double against PyTorch's, in float against those in
 * double.
 */
final class NetworkCheck {
  private static final double FLOAT_TOLERANCE = 1e-3;
  private static final double DOUBLE_TOLERANCE = 1e-6;

  /**
   * Loss, and norm and projection of the gradients at the images and at the parameters, as PyTorch
   * 1.13 computes them in double: {@code src/test/python/doctor_reference.py}.
   */
  private static final double[] REFERENCE = {
    3.137563057017571,
    0.02126156491957904,
    0.0031750879403672034,
    18.70872946227825,
    -1.2901460089753591
  };

  private NetworkCheck() {}

  /** All checks; a failure to compute is one failed check. */
  static List<Check> run(String where, String remedy) {
    List<Check> checks = new ArrayList<>();
    NetworkRun[] exact = new NetworkRun[1];
    checks.add(
        Check.attempt(
            "network in double" + where,
            remedy,
            () -> {
              exact[0] = NetworkRun.in(DataType.DOUBLE);
              double off = Comparison.furthest(summary(exact[0]), REFERENCE);
              return Check.of(
                  "network in double" + where,
                  off <= DOUBLE_TOLERANCE,
                  String.format(
                      Locale.ROOT,
                      "loss %.9f, off by %.0e from PyTorch, of at most %.0e",
                      exact[0].loss(),
                      off,
                      DOUBLE_TOLERANCE),
                  remedy);
            }));
    if (exact[0] != null) {
      checks.add(
          Check.attempt(
              "network in float" + where,
              remedy,
              () -> {
                NetworkRun fast = NetworkRun.in(DataType.FLOAT);
                double off =
                    Math.max(
                        Math.abs(fast.loss() / exact[0].loss() - 1),
                        Math.max(
                            Comparison.relative(fast.inputGradient(), exact[0].inputGradient()),
                            Comparison.relative(
                                fast.parameterGradient(), exact[0].parameterGradient())));
                return Check.of(
                    "network in float" + where,
                    off <= FLOAT_TOLERANCE,
                    String.format(
                        Locale.ROOT,
                        "loss %.6f, off by %.0e from double, of at most %.0e",
                        fast.loss(),
                        off,
                        FLOAT_TOLERANCE),
                    remedy);
              }));
    }
    return checks;
  }

  /** What is compared with the reference. */
  static double[] summary(NetworkRun run) {
    return new double[] {
      run.loss(),
      Comparison.norm(run.inputGradient()),
      projection(run.inputGradient()),
      Comparison.norm(run.parameterGradient()),
      projection(run.parameterGradient())
    };
  }

  private static double projection(double[] a) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * Formula.value("projection", i);
    }
    return sum;
  }
}
