package org.stylemining.training;

import java.io.Serial;
import java.io.Serializable;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;

/**
 * The parameters and the optimizer state that all workers of a round start from, as dl4j-spark
 * broadcasts them.
 */
final class RoundStartTuple extends NetBroadcastTuple {
  @Serial private static final long serialVersionUID = 1;

  RoundStartTuple(ComputationGraph carrier) {
    super(
        carrier.getConfiguration(),
        ParameterCarrier.theta(carrier),
        ParameterCarrier.state(carrier));
  }

  @Serial
  private Object writeReplace() {
    return new Sent(
        getGraphConfiguration(), SentVector.of(getParameters()), SentVector.of(getUpdaterState()));
  }

  /** The form it travels in. */
  private record Sent(
      ComputationGraphConfiguration configuration, SentVector theta, SentVector state)
      implements Serializable {
    @Serial
    private Object readResolve() {
      return new NetBroadcastTuple(configuration, SentVector.array(theta), SentVector.array(state));
    }
  }
}
