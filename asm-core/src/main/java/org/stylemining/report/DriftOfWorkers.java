package org.stylemining.report;

/**
 * How far the workers of one round came apart, relative to what the round moved their mean by.
 *
 * @param sum over the workers that told a number
 * @param largest of them
 * @param workers how many
 */
record DriftOfWorkers(double sum, double largest, int workers) {
  static DriftOfWorkers of(DriftRecord worker) {
    return Double.isFinite(worker.relative())
        ? new DriftOfWorkers(worker.relative(), worker.relative(), 1)
        : new DriftOfWorkers(0, Double.NaN, 0);
  }

  DriftOfWorkers and(DriftOfWorkers other) {
    double larger =
        workers == 0
            ? other.largest
            : other.workers == 0 ? largest : Math.max(largest, other.largest);
    return new DriftOfWorkers(sum + other.sum, larger, workers + other.workers);
  }

  /** Mean over the workers; NaN where there is none. */
  double mean() {
    return sum / workers;
  }
}
