package org.stylemining.nn;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A k x k convolution, k > 1, of output size ceil(size / stride), with bias and ReLU where asked,
 * computed by what is fastest for its shape. The choice depends on shapes, type and backend alone,
 * so that results can be repeated.
 */
final class SpatialConvolution implements Layer {
  /** Fewer channels than this leave Winograd's matrix products waiting for memory. */
  private static final int WINOGRAD_CHANNELS = 128;

  private static final int MANY_CHANNELS = 256;

  private final Parameter weight;
  private final int dilation;
  private final BiasRelu after;
  private final ConvolutionAlgorithm plain;
  private final WinogradConvolution winograd;
  private final NearestUpsampling upsampling;
  private final Buffers buffers;
  private ConvolutionAlgorithm current;
  private FeatureMap enlarged;
  private final int stride;

  SpatialConvolution(
      ParameterStore store,
      Buffers buffers,
      String name,
      int in,
      int out,
      int kernel,
      int stride,
      int dilation,
      Convolution.Padding border,
      int upsampling,
      Convolution.Options options) {
    this.buffers = buffers;
    this.dilation = dilation;
    this.stride = stride;
    weight =
        store.add(name + ".weight", options.role(), options.initial(), kernel, kernel, in, out);
    after = new BiasRelu(store, buffers, name, out, options);
    this.upsampling = upsampling == 1 ? null : new NearestUpsampling(buffers);
    plain =
        dilation == 1
            ? new DirectConvolution(buffers, weight, after, stride, border)
            : new ShiftedConvolution(buffers, weight, after, dilation, border);
    winograd =
        kernel == 3
                && stride == 1
                && Math.min(in, out) >= WINOGRAD_CHANNELS
                && buffers.type() == DataType.FLOAT
                && Nd4j.getEnvironment().isCPU()
            ? new WinogradConvolution(buffers, weight, after, dilation, border, upsampling)
            : null;
  }

  @Override
  public FeatureMap forward(FeatureMap x, boolean training) {
    if (winograd != null && suitsWinograd(x) && winograd.fits(x)) {
      current = winograd;
      return winograd.forward(x, training);
    }
    current = plain;
    if (upsampling == null) {
      return plain.forward(x, training);
    }
    enlarged = upsampling.forward(x, training);
    FeatureMap y = plain.forward(enlarged, training);
    if (!training) {
      buffers.give(enlarged);
      enlarged = null;
    }
    return y;
  }

  /**
   * Few pixels do not pay for the transform of the kernels, unless the plain way is slow: oneDNN
   * knows no dilation, and images of a few pixels are mostly border to it. See {@code bin/asm bench
   * ops}.
   */
  private boolean suitsWinograd(FeatureMap x) {
    long pixels = x.pixels() * (upsampling == null ? 1 : 4);
    boolean many = Math.min(weight.shape()[2], weight.shape()[3]) >= MANY_CHANNELS;
    if (dilation > 1) {
      return pixels >= 256;
    }
    return many ? pixels >= 512 || x.imagePixels() <= 16 : pixels >= 4096;
  }

  @Override
  public Optional<LayerWork> work() {
    long[] shape = weight.shape();
    String kind =
        "convolution %dx%d".formatted(shape[0], shape[1])
            + (stride > 1 ? ", stride " + stride : "")
            + (dilation > 1 ? ", dilation " + dilation : "")
            + (upsampling != null ? " of the doubled image" : "");
    return Optional.of(
        new LayerWork(
            weight.layerName(),
            kind,
            current == null ? "" : current.forwardName(),
            current == null ? "" : current.backwardName(),
            weight.length(),
            weight.hasGradient()));
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    after.backward(dy.rows());
    FeatureMap dx = current.backward(dy, inputGradient);
    if (current == plain && upsampling != null) {
      buffers.give(enlarged);
      enlarged = null;
      return dx == null ? null : upsampling.backward(dx, true);
    }
    return dx;
  }
}
