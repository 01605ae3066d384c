package org.stylemining.training;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The graph that dl4j-spark wants to be given for a round. It has one parameter, which nothing
 * reads: the network that is trained is not DL4J's.
 */
final class EmptyGraph {
  private EmptyGraph() {}

  static ComputationGraph create() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .updater(new Sgd())
                .graphBuilder()
                .addInputs("none")
                .addLayer(
                    "none-to-none",
                    new DenseLayer.Builder().nIn(1).nOut(1).hasBias(false).build(),
                    "none")
                .addLayer("loss", new LossLayer.Builder(LossFunction.MSE).build(), "none-to-none")
                .setOutputs("loss")
                .build());
    graph.init();
    return graph;
  }
}
