package org.stylemining.nn;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A 1x1 convolution, which is one matrix product; on 1x1 images, a fully connected layer. */
public final class PointwiseConvolution implements Layer {
  private static final String CONVOLUTION = "conv2d";
  private static final String PRODUCT = "matmul";
  private static final int CONVOLUTION_CHANNELS = 64;
  private static final int CONVOLUTION_PIXELS = 1024;

  private final Buffers buffers;
  private final Parameter weight;
  private final Derived transposed;
  private final BiasRelu after;
  private final int in;
  private final int out;
  private FeatureMap input;
  private long lastPixels;

  PointwiseConvolution(
      ParameterStore store,
      Buffers buffers,
      String name,
      int in,
      int out,
      Convolution.Options options) {
    this(store, buffers, name, in, out, options, new long[] {1, 1, in, out});
  }

  private PointwiseConvolution(
      ParameterStore store,
      Buffers buffers,
      String name,
      int in,
      int out,
      Convolution.Options options,
      long[] shape) {
    this.buffers = buffers;
    this.in = in;
    this.out = out;
    weight = store.add(name + ".weight", options.role(), options.initial(), shape);
    after = new BiasRelu(store, buffers, name, out, options);
    transposed =
        new Derived(buffers, weight, out, in, t -> t.assign(matrix(weight.value()).transpose()));
  }

  /** A fully connected layer: weights [in, out]. */
  public static PointwiseConvolution linear(
      ParameterStore store,
      Buffers buffers,
      String name,
      int in,
      int out,
      Convolution.Options options) {
    return new PointwiseConvolution(store, buffers, name, in, out, options, new long[] {in, out});
  }

  @Override
  public FeatureMap forward(FeatureMap x, boolean training) {
    input = training ? x : null;
    lastPixels = x.pixels();
    INDArray y = buffers.take(x.pixels(), out);
    if (asConvolution(x.pixels(), in, out)) {
      convolve(x.rows(), matrix(weight.value()), y);
    } else {
      Kernels.multiply(x.rows(), matrix(weight.value()), y);
    }
    after.forward(y, training);
    return x.with(y);
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    after.backward(dy.rows());
    if (weight.hasGradient()) {
      Kernels.addWeightGradient(input.rows(), dy.rows(), matrix(weight.gradient()), buffers);
    }
    FeatureMap dx = null;
    if (inputGradient) {
      INDArray rows = buffers.take(dy.pixels(), in);
      if (asConvolution(dy.pixels(), out, in)) {
        convolve(dy.rows(), transposed.value(), rows);
        transposed.release();
      } else {
        Kernels.multiply(dy.rows(), false, matrix(weight.value()), true, rows, 0);
      }
      dx = dy.with(rows);
    }
    buffers.give(dy);
    input = null;
    return dx;
  }

  @Override
  public Optional<LayerWork> work() {
    boolean forward = asConvolution(lastPixels, in, out);
    boolean backward = asConvolution(lastPixels, out, in);
    return Optional.of(
        new LayerWork(
            weight.layerName(),
            "convolution 1x1",
            forward ? CONVOLUTION : PRODUCT,
            !backward ? PRODUCT : weight.hasGradient() ? CONVOLUTION + ", " + PRODUCT : CONVOLUTION,
            (long) in * out,
            weight.hasGradient()));
  }

  private INDArray matrix(INDArray a) {
    return a.reshape('c', in, out);
  }

  /**
   * Whether oneDNN's convolution beats its matrix product: where long rows are reduced to shorter
   * ones.
   */
  private boolean asConvolution(long pixels, int from, int to) {
    return from > to
        && to >= CONVOLUTION_CHANNELS
        && pixels >= CONVOLUTION_PIXELS
        && buffers.type() == DataType.FLOAT
        && Nd4j.getEnvironment().isCPU();
  }

  private static void convolve(INDArray x, INDArray w, INDArray y) {
    DirectConvolution.convolve(
        new FeatureMap(x, 1, 1, (int) x.size(0)),
        w.reshape('c', 1, 1, w.size(0), w.size(1)),
        null,
        0,
        1,
        new FeatureMap(y, 1, 1, (int) y.size(0)));
  }
}
