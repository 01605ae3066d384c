package org.stylemining.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch-norm by ND4J's operations, in any type and on any backend. */
final class OperationBatchNorm implements BatchNorm.Passes {
  private final Buffers buffers;
  private final BatchNorm.Options options;
  private final boolean relu;
  private final Parameter scale;
  private final Parameter shift;
  private final Parameter runningMean;
  private final Parameter runningVariance;
  private FeatureMap input;
  private FeatureMap result;
  private INDArray mean;
  private INDArray variance;

  OperationBatchNorm(
      Buffers buffers, BatchNorm.Parameters parameters, boolean relu, BatchNorm.Options options) {
    this.buffers = buffers;
    this.options = options;
    this.relu = relu;
    scale = parameters.scale();
    shift = parameters.shift();
    runningMean = parameters.mean();
    runningVariance = parameters.variance();
  }

  @Override
  public FeatureMap forward(FeatureMap x, FeatureMap addend, boolean training) {
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
    Kernels.affine(x.rows(), m, v, BatchNorm.EPSILON, scale.value(), shift.value(), y.rows());
    if (addend != null) {
      y.rows().addi(addend.rows());
    }
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
    INDArray inverse = Kernels.squareRoot(variance.add(BatchNorm.EPSILON)).rdivi(1.0);
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
      forget();
      return null;
    }
    FeatureMap dx = dy.with(buffers.take(pixels, dy.channels()));
    dx.rows().assign(d);
    Kernels.scale(dx.rows(), factor, buffers);
    if (options.batchStatistics()) {
      // dx = g (dy - mean(dy) - xhat mean(dy xhat)), g = scale / deviation
      INDArray slope = covariance.mul(inverse).divi(-pixels).muli(factor);
      INDArray offset = sum.mul(factor).divi(-pixels);
      Kernels.affine(input.rows(), mean, variance, BatchNorm.EPSILON, slope, offset, product);
      dx.rows().addi(product);
    }
    buffers.give(product);
    forget();
    return dx;
  }

  @Override
  public String name() {
    return "batchnorm, matmul";
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
