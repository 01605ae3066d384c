package org.stylemining.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.config.Backbone;
import org.stylemining.nn.BatchNorm;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.HostValues;
import org.stylemining.nn.Parameter;
import org.stylemining.nn.ParameterStore;
import org.stylemining.nn.SoftmaxCrossEntropy;
import org.stylemining.task.Architecture;
import org.stylemining.task.DeepLabV2;

/**
 * One forward and backward pass of a narrow DeepLab-v2 with attention, its weights, images and
 * labels from formulas.
 *
 * @param loss mean cross-entropy
 * @param inputGradient dL/dx [B, H, W, 3]
 * @param parameterGradient dL/dtheta, parameters in the order of their names, each in its published
 *     shape
 */
record NetworkRun(double loss, double[] inputGradient, double[] parameterGradient) {
  private static final int BATCH = 2;
  private static final int HEIGHT = 40;
  private static final int WIDTH = 56;
  private static final int CLASSES = 5;
  private static final double WIDTH_FACTOR = 0.125;

  /** Prepared images are BGR with the mean taken off. */
  private static final double CONTRAST = 100;

  static NetworkRun in(DataType type) {
    Architecture architecture =
        new Architecture(
            Backbone.RESNET18,
            WIDTH_FACTOR,
            CLASSES,
            List.of(1, 2),
            true,
            new BatchNorm.Options(true, true, 0.1));
    try (Buffers buffers = new Buffers(type);
        DeepLabV2 network = new DeepLabV2(architecture, buffers, true)) {
      List<Parameter> parameters = byName(network.parameters());
      parameters.forEach(NetworkRun::fill);
      network.parameters().gradient().assign(0);
      FeatureMap images = buffers.map(BATCH, HEIGHT, WIDTH, 3);
      new HostValues(images.rows())
          .put(Formula.values("images", BATCH * HEIGHT * WIDTH * 3, CONTRAST));
      FeatureMap predictions = network.forward(images, true);
      double loss =
          SoftmaxCrossEntropy.lossAndGradient(
              predictions, labels(Math.toIntExact(predictions.imagePixels())));
      FeatureMap dx = network.backward(predictions, null, true);
      List<double[]> gradients = new ArrayList<>();
      for (Parameter parameter : parameters) {
        if (parameter.hasGradient()) {
          gradients.add(Comparison.values(parameter.publishGradient()));
        }
      }
      return new NetworkRun(
          loss,
          Comparison.values(dx.rows()),
          gradients.stream().flatMapToDouble(Arrays::stream).toArray());
    }
  }

  private static List<Parameter> byName(ParameterStore store) {
    return store.parameters().stream().sorted(Comparator.comparing(Parameter::name)).toList();
  }

  private static void fill(Parameter parameter) {
    int n = Math.toIntExact(parameter.length());
    float[] values;
    if (parameter.shape().length > 1) {
      long fanIn = n / parameter.publishedShape()[0];
      values = Formula.values(parameter.name(), n, Math.sqrt(6.0 / fanIn));
    } else {
      values = Formula.values(parameter.name(), n, 0.1);
      boolean around1 =
          parameter.name().endsWith(".weight") || parameter.name().endsWith(".running_var");
      for (int i = 0; around1 && i < n; i++) {
        values[i] += 1;
      }
    }
    INDArray array = Nd4j.createFromArray(values).reshape('c', parameter.publishedShape());
    parameter.accept(array);
    array.close();
  }

  private static List<byte[]> labels(int pixels) {
    List<byte[]> labels = new ArrayList<>();
    for (int b = 0; b < BATCH; b++) {
      byte[] image = new byte[pixels];
      for (int i = 0; i < pixels; i++) {
        // One pixel in CLASSES + 1 does not count.
        int label = (int) ((Formula.value("labels " + b, i) + 1) / 2 * (CLASSES + 1));
        image[i] = (byte) (label == CLASSES ? SoftmaxCrossEntropy.IGNORE : label);
      }
      labels.add(image);
    }
    return labels;
  }
}
