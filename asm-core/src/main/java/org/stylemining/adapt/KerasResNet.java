package org.stylemining.adapt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.stylemining.config.UserMistake;
import org.stylemining.weights.NamedTensor;
import org.stylemining.weights.TensorFlowJsModel;

/**
 * The residual network of Keras' first ResNet-50 ({@code res2a_branch2a} ...: biases on its
 * convolutions, the stride in a stage's first 1x1) as DeepLab-v2's backbone, which has no biases
 * and another epsilon in batch-norm. With running statistics both compute the same:
 *
 * <p>gamma (Wx + b - mean) / sqrt(var + e) + beta = gamma (Wx - mean') / sqrt(var' + 1e-5) + beta,
 * mean' = mean - b, var' = var + e - 1e-5.
 *
 * <p>With the batch's statistics the bias drops out and epsilon stays 1e-5. (Kernels scaled by
 * sqrt(1e-5 / e) would make that exact too; they would be trained at another pace, though, the
 * norm's result being independent of their scale.)
 */
final class KerasResNet {
  /** Of the batch-norm here. */
  private static final double EPSILON = 1e-5;

  private static final int STAGES = 4;
  private static final int FIRST_STAGE = 2;
  private static final List<String> BRANCHES = List.of("2a", "2b", "2c");

  private final String where;
  private final TensorFlowJsModel model;
  private final Map<String, NamedTensor> backbone = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();

  private KerasResNet(String where, TensorFlowJsModel model) {
    this.where = where;
    this.model = model;
  }

  /**
   * A backbone, and what the model has besides.
   *
   * @param tensors by the names of the official DeepLab-v2
   * @param leftOut the model's tensors that are no part of it
   */
  record Backbone(Map<String, NamedTensor> tensors, List<NamedTensor> leftOut) {}

  /**
   * Converts a model.
   *
   * @throws UserMistake where it is another network
   */
  static Backbone of(String where, TensorFlowJsModel model) {
    KerasResNet network = new KerasResNet(where, model);
    network.unit("conv1", "bn_conv1", "conv1", "bn1", 2);
    for (int stage = 0; stage < STAGES; stage++) {
      network.stage(stage);
    }
    List<NamedTensor> leftOut = new ArrayList<>();
    for (NamedTensor tensor : model.tensors().values()) {
      if (!network.used.contains(tensor.name())) {
        leftOut.add(tensor);
      }
    }
    return new Backbone(network.backbone, leftOut);
  }

  private void stage(int stage) {
    for (int i = 0; i == 0 || model.layers().containsKey(name(stage, i) + "2a"); i++) {
      String of = name(stage, i);
      String to = "layer%d.%d.".formatted(stage + 1, i);
      int stride = i == 0 && stage > 0 ? 2 : 1;
      for (int k = 0; k < BRANCHES.size(); k++) {
        String branch = of + BRANCHES.get(k);
        unit(branch, norm(branch), to + "conv" + (k + 1), to + "bn" + (k + 1), k == 0 ? stride : 1);
      }
      if (i == 0) {
        unit(of + "1", norm(of + "1"), to + "downsample.0", to + "downsample.1", stride);
      }
    }
  }

  /** {@code res2a_branch}, res3b_branch, ... */
  private static String name(int stage, int block) {
    return "res%d%c_branch".formatted(stage + FIRST_STAGE, (char) ('a' + block));
  }

  private static String norm(String branch) {
    return branch.replaceFirst("^res", "bn");
  }

  /** A convolution and the batch-norm behind it. */
  private void unit(String conv, String norm, String toConv, String toNorm, int stride) {
    requireStride(conv, stride);
    add(toConv + ".weight", channelsFirst(take(conv + "/kernel")));
    double epsilon = layer(norm).settings().path("epsilon").asDouble(Double.NaN);
    if (!(epsilon >= EPSILON)) {
      throw new UserMistake(
          "%s: layer %s: expected an epsilon from %s, found %s"
              .formatted(where, norm, EPSILON, layer(norm).settings().path("epsilon")));
    }
    add(toNorm + ".weight", take(norm + "/gamma"));
    add(toNorm + ".bias", take(norm + "/beta"));
    add(toNorm + ".running_mean", withoutBias(take(norm + "/moving_mean"), conv + "/bias"));
    NamedTensor variance = take(norm + "/moving_variance");
    add(toNorm + ".running_var", plus(variance, epsilon - EPSILON));
  }

  private NamedTensor withoutBias(NamedTensor mean, String biasName) {
    if (!model.tensors().containsKey(biasName)) {
      return mean;
    }
    NamedTensor bias = take(biasName);
    if (!Arrays.equals(mean.shape(), bias.shape())) {
      throw new UserMistake("%s: expected %s and %s of one shape".formatted(where, mean, bias));
    }
    float[] difference = new float[mean.data().length];
    for (int c = 0; c < difference.length; c++) {
      difference[c] = mean.data()[c] - bias.data()[c];
    }
    return new NamedTensor(mean.name(), mean.shape(), difference);
  }

  private static NamedTensor plus(NamedTensor tensor, double number) {
    float[] sum = new float[tensor.data().length];
    for (int c = 0; c < sum.length; c++) {
      sum[c] = (float) (tensor.data()[c] + number);
    }
    return new NamedTensor(tensor.name(), tensor.shape(), sum);
  }

  private void requireStride(String conv, int expected) {
    JsonNode strides = layer(conv).settings().path("strides");
    if (strides.size() != 2
        || strides.get(0).asInt() != expected
        || strides.get(1).asInt() != expected) {
      throw new UserMistake(
          "%s: layer %s: expected the strides [%d, %d] that DeepLab-v2 has there, found %s"
              .formatted(where, conv, expected, expected, strides));
    }
  }

  private TensorFlowJsModel.Layer layer(String name) {
    TensorFlowJsModel.Layer layer = model.layers().get(name);
    if (layer == null) {
      throw new UserMistake(
          "%s: expected Keras' ResNet with a layer %s, found %s ..."
              .formatted(where, name, model.layers().keySet().stream().limit(4).toList()));
    }
    return layer;
  }

  private NamedTensor take(String name) {
    NamedTensor tensor = model.tensors().get(name);
    if (tensor == null) {
      throw new UserMistake("%s: expected a tensor %s; there is none".formatted(where, name));
    }
    used.add(name);
    return tensor;
  }

  private void add(String name, NamedTensor tensor) {
    backbone.put(name, tensor.named(name));
  }

  /** [height, width, in, out] to [out, in, height, width]. */
  private NamedTensor channelsFirst(NamedTensor kernel) {
    if (kernel.shape().length != 4) {
      throw new UserMistake("%s: expected %s as [height, width, in, out]".formatted(where, kernel));
    }
    int pixels = Math.toIntExact(kernel.shape()[0] * kernel.shape()[1]);
    int in = Math.toIntExact(kernel.shape()[2]);
    int out = Math.toIntExact(kernel.shape()[3]);
    float[] values = new float[kernel.data().length];
    for (int p = 0; p < pixels; p++) {
      for (int i = 0; i < in; i++) {
        for (int o = 0; o < out; o++) {
          values[(o * in + i) * pixels + p] = kernel.data()[(p * in + i) * out + o];
        }
      }
    }
    return new NamedTensor(
        kernel.name(), new long[] {out, in, kernel.shape()[0], kernel.shape()[1]}, values);
  }
}
