package org.stylemining.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** What follows the sums of a convolution: a bias per channel and a ReLU, each where asked. */
final class BiasRelu {
  private final Parameter bias;
  private final boolean relu;
  private final Buffers buffers;
  private INDArray result;

  BiasRelu(
      ParameterStore store, Buffers buffers, String name, int out, Convolution.Options options) {
    this.buffers = buffers;
    relu = options.relu();
    bias =
        options.bias()
            ? store.add(name + ".bias", options.role(), Parameter.Initial.ZERO, out)
            : null;
  }

  /** Both, in place. */
  void forward(INDArray y, boolean training) {
    if (bias != null) {
      Kernels.addBias(y, bias.value(), buffers);
    }
    afterBias(y, training);
  }

  /** The ReLU alone, in place, where the bias is added already. */
  void afterBias(INDArray y, boolean training) {
    if (relu) {
      Kernels.relu(y);
    }
    done(y, training);
  }

  /** Says that both are in y already. */
  void done(INDArray y, boolean training) {
    result = relu && training ? y : null;
  }

  boolean relu() {
    return relu;
  }

  /** [out], or null. */
  INDArray bias() {
    return bias == null ? null : bias.value();
  }

  /** A copy of the bias, or null. */
  float[] biasValues() {
    return bias == null ? null : bias.value().dup('c').data().asFloat();
  }

  void backward(INDArray dy) {
    if (relu) {
      Kernels.reluBackward(result, dy);
      result = null;
    }
    if (bias != null && bias.hasGradient()) {
      INDArray sums = Kernels.columnSums(dy, buffers);
      bias.gradient().addi(sums);
      sums.close();
    }
  }
}
