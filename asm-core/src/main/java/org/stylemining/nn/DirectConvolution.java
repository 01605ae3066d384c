package org.stylemining.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A k x k convolution without dilation as the operation {@code conv2d}, which is oneDNN's or
 * cuDNN's. The input's gradient at frozen weights is a convolution with the mirrored kernel, since
 * {@code conv2d_bp} computes the weights' gradient always.
 */
final class DirectConvolution implements ConvolutionAlgorithm {
  private final Buffers buffers;
  private final Parameter weight;
  private final BiasRelu after;
  private final int in;
  private final int out;
  private final int kernel;
  private final int stride;
  private final BorderPadding mirror;
  private final Derived mirrored;
  private FeatureMap input;
  private int height;
  private int width;

  /**
   * @param weight [k, k, in, out]
   */
  DirectConvolution(
      Buffers buffers, Parameter weight, BiasRelu after, int stride, Convolution.Padding border) {
    this.buffers = buffers;
    this.weight = weight;
    this.after = after;
    kernel = (int) weight.shape()[0];
    in = (int) weight.shape()[2];
    out = (int) weight.shape()[3];
    this.stride = stride;
    mirror =
        border == Convolution.Padding.ZERO ? null : new BorderPadding(buffers, kernel / 2, border);
    mirrored = new Derived(buffers, weight, (long) kernel * kernel * out, in, this::mirrorKernel);
  }

  @Override
  public FeatureMap forward(FeatureMap x, boolean training) {
    height = x.height();
    width = x.width();
    FeatureMap p = mirror == null ? x : mirror.pad(x);
    FeatureMap y = buffers.map(x.batch(), (height - 1) / stride + 1, (width - 1) / stride + 1, out);
    convolve(p, weight.value(), after.bias(), mirror == null ? kernel / 2 : 0, stride, y);
    after.afterBias(y.rows(), training);
    if (training && weight.hasGradient()) {
      input = p;
    } else if (mirror != null) {
      buffers.give(p);
    }
    return y;
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    FeatureMap dp = null;
    if (weight.hasGradient() || inputGradient && stride > 1) {
      dp = bothGradients(dy);
    } else if (inputGradient) {
      int border = mirror == null ? kernel / 2 : kernel - 1;
      dp = padded(dy.batch());
      convolve(dy, mirrored.value().reshape('c', kernel, kernel, out, in), null, border, 1, dp);
    }
    buffers.give(dy);
    if (mirror != null) {
      buffers.give(input);
    }
    input = null;
    if (!inputGradient) {
      buffers.give(dp);
      return null;
    }
    return mirror == null ? dp : mirror.unpad(dp);
  }

  @Override
  public String forwardName() {
    return "conv2d";
  }

  @Override
  public String backwardName() {
    return weight.hasGradient() || stride > 1 ? "conv2d_bp" : "conv2d, mirrored kernel";
  }

  /** The extent of the padded input where the border is mirrored, else of the input. */
  private FeatureMap padded(int batch) {
    int border = mirror == null ? 0 : mirror.width();
    return buffers.map(batch, height + 2 * border, width + 2 * border, in);
  }

  private FeatureMap bothGradients(FeatureMap dy) {
    FeatureMap dp = padded(dy.batch());
    // Where no weight is trained the operation reads any input of the right extent.
    FeatureMap x = input == null ? dp : input;
    INDArray dw = buffers.take((long) kernel * kernel * in, out);
    INDArray shaped = dw.reshape('c', kernel, kernel, in, out);
    Nd4j.exec(
        DynamicCustomOp.builder("conv2d_bp")
            .addInputs(x.cube(), weight.value(), dy.cube())
            .addOutputs(dp.cube(), shaped)
            .addIntegerArguments(geometry(kernel, mirror == null ? kernel / 2 : 0, stride))
            .build());
    if (weight.hasGradient()) {
      weight.gradient().addi(shaped);
    }
    buffers.give(dw);
    return dp;
  }

  /** [k, k, out, in], both axes of the image turned round. */
  private void mirrorKernel(INDArray target) {
    INDArray w = weight.value().reshape('c', (long) kernel * kernel * in, out);
    int taps = kernel * kernel;
    for (int tap = 0; tap < taps; tap++) {
      Kernels.rows(target, (long) (taps - 1 - tap) * out, out)
          .assign(Kernels.rows(w, (long) tap * in, in).transpose());
    }
  }

  /** y = x convolved with kernels [k, k, from, to], plus a bias where one is given. */
  static void convolve(
      FeatureMap x, INDArray kernels, INDArray bias, int border, int stride, FeatureMap y) {
    DynamicCustomOp.DynamicCustomOpsBuilder operation = DynamicCustomOp.builder("conv2d");
    Nd4j.exec(
        (bias == null
                ? operation.addInputs(x.cube(), kernels)
                : operation.addInputs(x.cube(), kernels, bias))
            .addOutputs(y.cube())
            .addIntegerArguments(geometry((int) kernels.size(0), border, stride))
            .build());
  }

  /**
   * kH, kW, sH, sW, pH, pW, dH, dW, padding given (0), channels last (1), weights [kH, kW, in, out]
   * (0).
   */
  private static int[] geometry(int kernel, int border, int stride) {
    return new int[] {kernel, kernel, stride, stride, border, border, 1, 1, 0, 1, 0};
  }
}
