package org.stylemining.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.nn.cpu.HostFloats;
import org.stylemining.nn.cpu.RowPasses;

/**
 * Batch-norm in float on a CPU, in two passes over memory forward (moments; normalising, adding and
 * ReLU) and two backward (ReLU and sums; the gradient).
 */
final class HostBatchNorm implements BatchNorm.Passes {
  private final Buffers buffers;
  private final BatchNorm.Parameters parameters;
  private final boolean relu;
  private final BatchNorm.Options options;
  private RowPasses passes;
  private FeatureMap input;
  private FeatureMap result;
  private double[] mean;
  private double[] variance;

  HostBatchNorm(
      Buffers buffers, BatchNorm.Parameters parameters, boolean relu, BatchNorm.Options options) {
    this.buffers = buffers;
    this.parameters = parameters;
    this.relu = relu;
    this.options = options;
  }

  @Override
  public FeatureMap forward(FeatureMap x, FeatureMap addend, boolean training) {
    if (passes == null) {
      passes = new RowPasses(buffers.lanes());
    }
    mean = values(parameters.mean().value());
    variance = values(parameters.variance().value());
    if (training && options.batchStatistics()) {
      moments(x);
    }
    double[] scale = values(parameters.scale().value());
    double[] offset = values(parameters.shift().value());
    for (int i = 0; i < scale.length; i++) {
      scale[i] /= Math.sqrt(variance[i] + BatchNorm.EPSILON);
      offset[i] -= mean[i] * scale[i];
    }
    FeatureMap y = x.with(buffers.take(x.pixels(), x.channels()));
    passes.affine(
        x.rows(),
        RowPasses.floats(scale),
        RowPasses.floats(offset),
        addend == null ? null : addend.rows(),
        relu,
        y.rows());
    input = training ? x : null;
    result = training && relu ? y : null;
    return y;
  }

  /** Mean and variance of the batch; the running ones follow. */
  private void moments(FeatureMap x) {
    double[] runningMean = mean;
    double[] runningVariance = variance;
    // Any row is near the mean, by the measure of the deviation.
    float[] shift = floats(x.rows(), x.channels());
    double[][] sums = passes.moments(x.rows(), shift);
    long pixels = x.pixels();
    mean = sums[0];
    variance = sums[1];
    double share = options.momentum();
    double unbiased = share * pixels / Math.max(1, pixels - 1);
    for (int i = 0; i < mean.length; i++) {
      double m = mean[i] / pixels;
      variance[i] = Math.max(0, variance[i] / pixels - m * m);
      mean[i] = shift[i] + m;
      runningMean[i] += share * (mean[i] - runningMean[i]);
      runningVariance[i] += unbiased * variance[i] - share * runningVariance[i];
    }
    set(parameters.mean(), runningMean);
    set(parameters.variance(), runningVariance);
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    long pixels = dy.pixels();
    double[][] sums =
        passes.gradientMoments(
            result == null ? null : result.rows(), dy.rows(), input.rows(), RowPasses.floats(mean));
    int c = mean.length;
    double[] inverse = new double[c];
    for (int i = 0; i < c; i++) {
      inverse[i] = 1 / Math.sqrt(variance[i] + BatchNorm.EPSILON);
    }
    if (parameters.scale().hasGradient()) {
      double[] dScale = new double[c];
      for (int i = 0; i < c; i++) {
        dScale[i] = sums[1][i] * inverse[i];
      }
      add(parameters.scale(), dScale);
      add(parameters.shift(), sums[0]);
    }
    FeatureMap dx = null;
    if (inputGradient) {
      // dx = g (dy - mean(dy) - xhat mean(dy xhat)), g = scale / deviation, as g dy + s x + o
      double[] g = values(parameters.scale().value());
      double[] s = new double[c];
      double[] o = new double[c];
      for (int i = 0; i < c; i++) {
        g[i] *= inverse[i];
        if (options.batchStatistics()) {
          s[i] = -g[i] * inverse[i] * inverse[i] * sums[1][i] / pixels;
          o[i] = -g[i] * sums[0][i] / pixels - s[i] * mean[i];
        }
      }
      dx = dy.with(buffers.take(pixels, c));
      passes.gradient(
          dy.rows(),
          input.rows(),
          RowPasses.floats(g),
          RowPasses.floats(s),
          RowPasses.floats(o),
          dx.rows());
    }
    input = null;
    result = null;
    return dx;
  }

  @Override
  public String name() {
    return "fused batch-norm";
  }

  private static double[] values(INDArray vector) {
    float[] values = floats(vector, Math.toIntExact(vector.length()));
    double[] copy = new double[values.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = values[i];
    }
    return copy;
  }

  /** The first n values. */
  private static float[] floats(INDArray array, int n) {
    float[] values = new float[n];
    new HostFloats(array).read(0, values, 0, n);
    return values;
  }

  private static void set(Parameter parameter, double[] values) {
    new HostFloats(parameter.value()).write(0, RowPasses.floats(values), 0, values.length);
  }

  private static void add(Parameter parameter, double[] values) {
    double[] sum = values(parameter.gradient());
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
    }
    new HostFloats(parameter.gradient()).write(0, RowPasses.floats(sum), 0, sum.length);
  }
}
