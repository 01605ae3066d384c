package org.stylemining.report;

/** Running means over the updates of one mining step. Values that are not finite do not count. */
final class StepMeans {
  private final double[] sums = new double[4];
  private final long[] counts = new long[4];

  void add(StepRecord step) {
    add(0, step.loss());
    add(1, step.styleDistance());
    add(2, step.noiseLength());
    // The last step of an iteration moves eps no further; its zero says nothing of the step's
    // length.
    if (step.stepLength() > 0) {
      add(3, step.stepLength());
    }
  }

  double loss() {
    return mean(0);
  }

  double styleDistance() {
    return mean(1);
  }

  double noiseLength() {
    return mean(2);
  }

  /** Mean length of the steps that were taken; NaN where none was. */
  double stepLength() {
    return mean(3);
  }

  private void add(int index, double value) {
    if (Double.isFinite(value)) {
      sums[index] += value;
      counts[index]++;
    }
  }

  private double mean(int index) {
    return counts[index] == 0 ? Double.NaN : sums[index] / counts[index];
  }
}
