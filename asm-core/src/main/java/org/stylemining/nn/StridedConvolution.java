package org.stylemining.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A k x k convolution of stride 2 or more with zero padding k/2: the operation {@code conv2d},
 * which is oneDNN's or cuDNN's.
 */
final class StridedConvolution implements Layer {
  private final Buffers buffers;
  private final Parameter weight;
  private final BiasRelu after;
  private final int in;
  private final int out;
  private final int kernel;
  private final int stride;
  private FeatureMap input;

  StridedConvolution(
      ParameterStore store,
      Buffers buffers,
      String name,
      int in,
      int out,
      int kernel,
      int stride,
      Convolution.Options options) {
    this.buffers = buffers;
    this.in = in;
    this.out = out;
    this.kernel = kernel;
    this.stride = stride;
    weight =
        store.add(name + ".weight", options.role(), options.initial(), kernel, kernel, in, out);
    after = new BiasRelu(store, buffers, name, out, options);
  }

  @Override
  public FeatureMap forward(FeatureMap x, boolean training) {
    input = training ? x : null;
    int h = (x.height() + 2 * (kernel / 2) - kernel) / stride + 1;
    int w = (x.width() + 2 * (kernel / 2) - kernel) / stride + 1;
    FeatureMap y = buffers.map(x.batch(), h, w, out);
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d")
            .addInputs(x.cube(), weight.value())
            .addOutputs(y.cube())
            .addIntegerArguments(geometry())
            .build());
    after.forward(y.rows(), training);
    return y;
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    after.backward(dy.rows());
    FeatureMap dx = null;
    if (inputGradient || weight.hasGradient()) {
      // The operation computes both gradients always.
      dx = buffers.map(input.batch(), input.height(), input.width(), in);
      INDArray dw = buffers.take((long) kernel * kernel * in, out);
      INDArray shaped = dw.reshape('c', kernel, kernel, in, out);
      Nd4j.exec(
          DynamicCustomOp.builder("conv2d_bp")
              .addInputs(input.cube(), weight.value(), dy.cube())
              .addOutputs(dx.cube(), shaped)
              .addIntegerArguments(geometry())
              .build());
      if (weight.hasGradient()) {
        weight.gradient().addi(shaped);
      }
      buffers.give(dw);
      if (!inputGradient) {
        buffers.give(dx);
        dx = null;
      }
    }
    buffers.give(dy);
    input = null;
    return dx;
  }

  /**
   * kH, kW, sH, sW, pH, pW, dH, dW, padding given (0), channels last (1), weights [kH, kW, in, out]
   * (0).
   */
  private int[] geometry() {
    int pad = kernel / 2;
    return new int[] {kernel, kernel, stride, stride, pad, pad, 1, 1, 0, 1, 0};
  }
}
