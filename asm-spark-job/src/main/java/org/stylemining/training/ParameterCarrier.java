package org.stylemining.training;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A DL4J graph that never computes: it carries the flat parameter vector theta and the optimizer's
 * flat state through dl4j-spark's broadcast and aggregation. Its only layer is a dense one of 1
 * input, n outputs and no bias, that is, exactly n parameters; its updater is chosen for the length
 * of its state alone. All of it are DL4J's own classes, so that it serialises like any other
 * network.
 */
final class ParameterCarrier {
  private ParameterCarrier() {}

  /**
   * A graph around a copy of {@code theta}, with a state of zeros.
   *
   * @param theta n floats
   * @param stateCount 0, n or 2n
   */
  static ComputationGraph around(INDArray theta, long stateCount) {
    long n = theta.length();
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .updater(updater(n, stateCount))
                .graphBuilder()
                .addInputs("none")
                .addLayer(
                    "theta",
                    new DenseLayer.Builder()
                        .nIn(1)
                        .nOut(n)
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "none")
                .addLayer("loss", new LossLayer.Builder(LossFunction.MSE).build(), "theta")
                .setOutputs("loss")
                .build());
    graph.init(theta.reshape(n).dup('c'), false);
    if (stateCount > 0) {
      state(graph).assign(0);
    }
    return graph;
  }

  /** The graph's parameters: a view of n floats. */
  static INDArray theta(ComputationGraph graph) {
    return graph.params();
  }

  /** The optimizer's state in the graph: a view of n or 2n floats, or null where there is none. */
  static INDArray state(ComputationGraph graph) {
    return graph.getUpdater().getStateViewArray();
  }

  private static IUpdater updater(long n, long stateCount) {
    if (stateCount == 0) {
      return new Sgd();
    }
    if (stateCount == n) {
      return new Nesterovs();
    }
    if (stateCount == 2 * n) {
      return new Adam();
    }
    throw new IllegalArgumentException(
        "expected an optimizer state of 0, %d or %d values for %d parameters, found %d"
            .formatted(n, 2 * n, n, stateCount));
  }
}
