package org.stylemining.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * dl4j-spark's own parameter averaging runs with nothing more on the class path than the artifacts
 * which the build names: everything it would bring along by itself is left out.
 */
class StockAveragingTest {

  @Test
  void averagesTwoWorkersThatTrainFromPaths(@TempDir Path folder) throws Exception {
    ComputationGraph start = regression();
    INDArray before = start.params().dup();
    SparkConf conf =
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("stock averaging")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      ParameterAveragingTrainingMaster master =
          new ParameterAveragingTrainingMaster.Builder(2, 1)
              .batchSizePerWorker(1)
              .averagingFrequency(1)
              .aggregationDepth(2)
              .saveUpdater(true)
              .repartionData(Repartition.Never)
              .exportDirectory(folder.toUri().toString())
              .build();
      SparkComputationGraph graph = new SparkComputationGraph(spark, start, master);

      graph.fitPaths(spark.parallelize(List.of(file(folder, 1), file(folder, 2)), 2), new Ramp());
    }

    INDArray after = start.params();
    assertThat(after.isNaN().any()).isFalse();
    assertThat(after.equalsWithEps(before, 1e-6)).isFalse();
    assertThat(start.getUpdater().getUpdaterStateViewArray().norm1Number().doubleValue())
        .as("averaged momentum")
        .isGreaterThan(0);
  }

  private static String file(Path folder, int value) throws Exception {
    return Files.writeString(folder.resolve("value-" + value), "x".repeat(value))
        .toUri()
        .toString();
  }

  private static ComputationGraph regression() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(DataType.FLOAT)
                .updater(new Nesterovs(0.1, 0.9))
                .graphBuilder()
                .addInputs("x")
                .addLayer(
                    "hidden",
                    new DenseLayer.Builder().nIn(3).nOut(4).activation(Activation.TANH).build(),
                    "x")
                .addLayer(
                    "y",
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(4)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "hidden")
                .setOutputs("y")
                .build());
    graph.init();
    return graph;
  }

  /** Makes one pair of arrays from the number of bytes in a file. */
  private static final class Ramp implements MultiDataSetLoader {
    private static final long serialVersionUID = 1;

    @Override
    public MultiDataSet load(Source source) throws java.io.IOException {
      int value;
      try (java.io.InputStream in = source.getInputStream()) {
        value = in.readAllBytes().length;
      }
      return new org.nd4j.linalg.dataset.MultiDataSet(
          Nd4j.valueArrayOf(new long[] {2, 3}, value, DataType.FLOAT),
          Nd4j.valueArrayOf(new long[] {2, 1}, -value, DataType.FLOAT));
    }
  }
}
