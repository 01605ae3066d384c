package org.stylemining.training;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingAggregationTuple;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingElementAddFunction;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingElementCombineFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sum over some workers of a round, made by dl4j-spark's own functions, and their reports in
 * the order of the workers. Workers are weighted by their updates; as long as all in the sum made
 * equally many the weights are left out, so that the mean is then the plain one, bit for bit.
 *
 * @param vectors summed parameters and optimizer states, and how many; null where no worker counts
 * @param updatesEach updates of every worker in the sum, not yet multiplied in; 0: each worker's
 *     are multiplied in
 * @param updates of all workers in the sum
 * @param reports of the workers, those too that do not count
 */
record RoundSum(
    ParameterAveragingAggregationTuple vectors,
    long updatesEach,
    long updates,
    List<WorkerReport> reports)
    implements Serializable {

  static RoundSum of(ParameterAveragingTrainingResult result) throws Exception {
    WorkerReport report = ((WorkerResult) result).report();
    return report.counts()
        ? new RoundSum(
            new ParameterAveragingElementAddFunction().call(null, result),
            report.updates(),
            report.updates(),
            List.of(report))
        : new RoundSum(null, 0, 0, List.of(report));
  }

  /** This sum and the next workers'; both are used up. */
  RoundSum plus(RoundSum next) throws Exception {
    List<WorkerReport> all = new ArrayList<>(reports);
    all.addAll(next.reports);
    if (vectors == null || next.vectors == null) {
      RoundSum counts = vectors == null ? next : this;
      return new RoundSum(counts.vectors, counts.updatesEach, counts.updates, List.copyOf(all));
    }
    boolean alike = updatesEach == next.updatesEach && updatesEach > 0;
    return new RoundSum(
        new ParameterAveragingElementCombineFunction()
            .call(alike ? vectors : weighted(), alike ? next.vectors : next.weighted()),
        alike ? updatesEach : 0,
        updates + next.updates,
        List.copyOf(all));
  }

  /** What the sums are to be divided by. */
  long divisor() {
    return updatesEach > 0 ? vectors.getAggregationsCount() : updates;
  }

  /** The sums with the updates multiplied in. */
  private ParameterAveragingAggregationTuple weighted() {
    if (updatesEach > 0) {
      vectors.getParametersSum().muli(updatesEach);
      INDArray state = vectors.getUpdaterStateSum();
      if (state != null) {
        state.muli(updatesEach);
      }
    }
    return vectors;
  }

  @Serial
  private Object writeReplace() {
    return vectors == null
        ? new Sent(null, null, 0, 0, updatesEach, updates, reports)
        : new Sent(
            SentVector.of(vectors.getParametersSum()),
            SentVector.of(vectors.getUpdaterStateSum()),
            vectors.getScoreSum(),
            vectors.getAggregationsCount(),
            updatesEach,
            updates,
            reports);
  }

  /** The form it travels in. */
  private record Sent(
      SentVector theta,
      SentVector state,
      double score,
      int count,
      long updatesEach,
      long updates,
      List<WorkerReport> reports)
      implements Serializable {
    @Serial
    private Object readResolve() {
      return new RoundSum(
          theta == null
              ? null
              : ParameterAveragingAggregationTuple.builder()
                  .parametersSum(SentVector.array(theta))
                  .updaterStateSum(SentVector.array(state))
                  .scoreSum(score)
                  .aggregationsCount(count)
                  .build(),
          updatesEach,
          updates,
          reports);
    }
  }
}
