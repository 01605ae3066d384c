package org.stylemining.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation per channel (Ioffe and Szegedy, 2015) and, where asked, a ReLU: y = (x -
 * mean) / sqrt(var + 1e-5) * weight + bias. In training mean and variance are the batch's (biased
 * variance) and the running ones follow them (unbiased variance, as in PyTorch), or they are the
 * running ones throughout.
 */
public final class BatchNorm implements Layer {
  private static final double EPSILON = 1e-5;

  /**
   * @param affineTrained whether scale and shift are updated
   * @param batchStatistics whether training normalises with the batch's statistics
   * @param momentum share of the new batch in the running statistics
   */
  public record Options(boolean affineTrained, boolean batchStatistics, double momentum)
      implements java.io.Serializable {}

  private final Buffers buffers;
  private final Options options;
  private final boolean relu;
  private final Parameter scale;
  private final Parameter shift;
  private final Parameter runningMean;
  private final Parameter runningVariance;
  private FeatureMap input;
  private FeatureMap result;
  private INDArray mean;
  private INDArray variance;

  public BatchNorm(
      ParameterStore store,
      Buffers buffers,
      String name,
      int channels,
      boolean relu,
      Options options) {
    this.buffers = buffers;
    this.options = options;
    this.relu = relu;
    Parameter.Role role = options.affineTrained() ? Parameter.Role.TRAINED : Parameter.Role.FROZEN;
    scale = store.add(name + ".weight", role, Parameter.Initial.ONE, channels);
    shift = store.add(name + ".bias", role, Parameter.Initial.ZERO, channels);
    runningMean =
        store.add(
            name + ".running_mean", Parameter.Role.STATISTIC, Parameter.Initial.ZERO, channels);
    runningVariance =
        store.add(name + ".running_var", Parameter.Role.STATISTIC, Parameter.Initial.ONE, channels);
  }

  @Override
  public FeatureMap forward(FeatureMap x, boolean training) {
    boolean ofBatch = training && options.batchStatistics();
    FeatureMap y = x.with(buffers.take(x.pixels(), x.channels()));
    INDArray m = runningMean.value();
    INDArray v = runningVariance.value();
    if (ofBatch) {
      m = Kernels.columnSums(x.rows(), buffers).divi(x.pixels());
      // The mean is taken off before squaring: the mean of squares alone loses digits where |mean|
      // >> deviation.
      Kernels.center(x.rows(), m, y.rows(), buffers);
      y.rows().muli(y.rows());
      v = Kernels.columnSums(y.rows(), buffers).divi(x.pixels());
      track(m, v, x.pixels());
    }
    Kernels.affine(x.rows(), m, v, EPSILON, scale.value(), shift.value(), y.rows());
    if (relu) {
      Kernels.relu(y.rows());
    }
    if (training) {
      input = x;
      result = y;
      mean = m;
      variance = v;
    }
    return y;
  }

  private void track(INDArray m, INDArray v, long pixels) {
    double share = options.momentum();
    runningMean.value().muli(1 - share).addi(m.mul(share));
    runningVariance.value().muli(1 - share).addi(v.mul(share * pixels / Math.max(1, pixels - 1)));
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    INDArray d = dy.rows();
    if (relu) {
      Kernels.reluBackward(result.rows(), d);
    }
    long pixels = dy.pixels();
    INDArray inverse = Kernels.squareRoot(variance.add(EPSILON)).rdivi(1.0);
    boolean affine = scale.hasGradient();
    INDArray product = null;
    INDArray sum = null;
    INDArray covariance = null;
    if (affine || options.batchStatistics()) {
      product = buffers.take(pixels, dy.channels());
      Kernels.center(input.rows(), mean, product, buffers);
      product.muli(d);
      sum = Kernels.columnSums(d, buffers);
      covariance = Kernels.columnSums(product, buffers);
      if (affine) {
        shift.gradient().addi(sum);
        scale.gradient().addi(covariance.mul(inverse));
      }
    }
    INDArray factor = scale.value().mul(inverse);
    if (!inputGradient) {
      buffers.give(product);
      buffers.give(dy);
      forget();
      return null;
    }
    if (options.batchStatistics()) {
      // dx = g (dy - mean(dy) - xhat mean(dy xhat)), g = scale / deviation
      INDArray slope = covariance.mul(inverse).divi(-pixels).muli(factor);
      INDArray offset = sum.mul(factor).divi(-pixels);
      Kernels.affine(input.rows(), mean, variance, EPSILON, slope, offset, product);
      Kernels.scale(d, factor, buffers);
      d.addi(product);
    } else {
      Kernels.scale(d, factor, buffers);
    }
    buffers.give(product);
    forget();
    return dy;
  }

  private void forget() {
    if (options.batchStatistics()) {
      mean.close();
      variance.close();
    }
    input = null;
    result = null;
    mean = null;
    variance = null;
  }
}
