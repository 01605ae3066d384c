package org.stylemining.training;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingAggregationTuple;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingElementAddFunction;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingElementCombineFunction;

/**
 * The sum over some workers of a round, made by dl4j-spark's own functions, and their reports in
 * the order of the workers.
 *
 * @param vectors summed parameters and optimizer states, and how many
 * @param reports of the workers in the sum
 */
record RoundSum(ParameterAveragingAggregationTuple vectors, List<WorkerReport> reports)
    implements Serializable {

  static RoundSum of(ParameterAveragingTrainingResult result) throws Exception {
    return new RoundSum(
        new ParameterAveragingElementAddFunction().call(null, result),
        List.of(((WorkerResult) result).report()));
  }

  /** This sum and the next workers'; both are used up. */
  RoundSum plus(RoundSum next) throws Exception {
    List<WorkerReport> all = new ArrayList<>(reports);
    all.addAll(next.reports);
    return new RoundSum(
        new ParameterAveragingElementCombineFunction().call(vectors, next.vectors),
        List.copyOf(all));
  }

  @Serial
  private Object writeReplace() {
    return new Sent(
        SentVector.of(vectors.getParametersSum()),
        SentVector.of(vectors.getUpdaterStateSum()),
        vectors.getScoreSum(),
        vectors.getAggregationsCount(),
        reports);
  }

  /** The form it travels in. */
  private record Sent(
      SentVector theta, SentVector state, double score, int count, List<WorkerReport> reports)
      implements Serializable {
    @Serial
    private Object readResolve() {
      return new RoundSum(
          ParameterAveragingAggregationTuple.builder()
              .parametersSum(SentVector.array(theta))
              .updaterStateSum(SentVector.array(state))
              .scoreSum(score)
              .aggregationsCount(count)
              .build(),
          reports);
    }
  }
}
