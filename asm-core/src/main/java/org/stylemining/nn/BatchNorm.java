package org.stylemining.nn;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batch normalisation per channel (Ioffe and Szegedy, 2015): y = (x - mean) / sqrt(var + 1e-5) *
 * weight + bias, plus another map and behind a ReLU where asked. In training mean and variance are
 * the batch's (biased variance) and the running ones follow them (unbiased variance, as in
 * PyTorch), or they are the running ones throughout.
 */
public final class BatchNorm implements Layer {
  static final double EPSILON = 1e-5;

  /**
   * @param affineTrained whether scale and shift are updated
   * @param batchStatistics whether training normalises with the batch's statistics
   * @param momentum share of the new batch in the running statistics
   */
  public record Options(boolean affineTrained, boolean batchStatistics, double momentum)
      implements java.io.Serializable {}

  /** Scale, shift and running statistics, each [C]. */
  record Parameters(Parameter scale, Parameter shift, Parameter mean, Parameter variance) {}

  /** The arithmetic. */
  interface Passes {
    /** As {@link BatchNorm#forward(FeatureMap, FeatureMap, boolean)}. */
    FeatureMap forward(FeatureMap x, FeatureMap addend, boolean training);

    /**
     * Adds to the parameters' gradients; dy becomes the gradient in front of the ReLU and stays the
     * caller's.
     *
     * @return gradient at x, or null where it is not wanted
     */
    FeatureMap backward(FeatureMap dy, boolean inputGradient);

    /** What computes, for benchmarks. */
    String name();
  }

  private final Buffers buffers;
  private final Passes passes;
  private final String name;
  private final boolean trained;

  public BatchNorm(
      ParameterStore store,
      Buffers buffers,
      String name,
      int channels,
      boolean relu,
      Options options) {
    this.buffers = buffers;
    this.name = name;
    trained = options.affineTrained();
    Parameter.Role role = options.affineTrained() ? Parameter.Role.TRAINED : Parameter.Role.FROZEN;
    Parameters parameters =
        new Parameters(
            store.add(name + ".weight", role, Parameter.Initial.ONE, channels),
            store.add(name + ".bias", role, Parameter.Initial.ZERO, channels),
            store.add(
                name + ".running_mean", Parameter.Role.STATISTIC, Parameter.Initial.ZERO, channels),
            store.add(
                name + ".running_var", Parameter.Role.STATISTIC, Parameter.Initial.ONE, channels));
    passes =
        buffers.type() == DataType.FLOAT && Nd4j.getEnvironment().isCPU()
            ? new HostBatchNorm(buffers, parameters, relu, options)
            : new OperationBatchNorm(buffers, parameters, relu, options);
  }

  @Override
  public FeatureMap forward(FeatureMap x, boolean training) {
    return passes.forward(x, null, training);
  }

  /**
   * Normalises x, adds another map and applies the ReLU.
   *
   * @param addend of x's extent, or null
   */
  public FeatureMap forward(FeatureMap x, FeatureMap addend, boolean training) {
    return passes.forward(x, addend, training);
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    FeatureMap dx = passes.backward(dy, inputGradient);
    buffers.give(dy);
    return dx;
  }

  @Override
  public Optional<LayerWork> work() {
    return Optional.of(new LayerWork(name, "batch-norm", passes.name(), passes.name(), 0, trained));
  }

  /**
   * The backward pass where a map was added.
   *
   * @param dy becomes the gradient at the addend and stays the caller's
   * @return gradient at x, or null where it is not wanted
   */
  public FeatureMap backwardWithAddend(FeatureMap dy, boolean inputGradient) {
    return passes.backward(dy, inputGradient);
  }
}
