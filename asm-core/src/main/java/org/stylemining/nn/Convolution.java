package org.stylemining.nn;

/** The convolutions of this package, by what computes them fastest. */
public final class Convolution {
  /** What stands around the image. */
  public enum Padding {
    ZERO,
    /** Mirrored at the border pixel, which is not repeated. */
    REFLECT
  }

  private Convolution() {}

  /**
   * A convolution with output size ceil(size / stride) ("same" padding k/2 * dilation on each
   * side).
   *
   * @param name prefix of its parameters, {@code name.weight} [k, k, in, out] and {@code name.bias}
   *     [out]
   */
  public static Layer same(
      ParameterStore store,
      Buffers buffers,
      String name,
      int in,
      int out,
      int kernel,
      int stride,
      int dilation,
      Padding padding,
      Options options) {
    if (kernel == 1) {
      Layer pointwise = new PointwiseConvolution(store, buffers, name, in, out, options);
      return stride == 1
          ? pointwise
          : new Sequential(buffers, java.util.List.of(new Subsampling(buffers, stride), pointwise));
    }
    if (stride != 1 && (dilation != 1 || padding != Padding.ZERO)) {
      throw new IllegalArgumentException(
          name + ": a strided convolution has dilation 1 and zero padding here");
    }
    return new SpatialConvolution(
        store, buffers, name, in, out, kernel, stride, dilation, padding, 1, options);
  }

  /**
   * Nearest up-sampling by 2 and a 3x3 convolution with mirrored border, in one; parameters as in
   * {@link #same}.
   */
  public static Layer upsampled(
      ParameterStore store, Buffers buffers, String name, int in, int out, Options options) {
    return new SpatialConvolution(
        store, buffers, name, in, out, 3, 1, 1, Padding.REFLECT, 2, options);
  }

  /**
   * What goes with a convolution.
   *
   * @param bias adds a bias per channel
   * @param relu applies max(., 0) to the result
   * @param role of its parameters
   * @param initial values of its weights
   */
  public record Options(
      boolean bias, boolean relu, Parameter.Role role, Parameter.Initial initial) {
    /** No bias, no ReLU: in front of a batch-norm. */
    public static final Options BARE =
        new Options(false, false, Parameter.Role.TRAINED, Parameter.Initial.HE);

    /** Bias and ReLU. */
    public static final Options BIAS_RELU =
        new Options(true, true, Parameter.Role.TRAINED, Parameter.Initial.HE);

    /** Bias alone. */
    public static final Options BIAS =
        new Options(true, false, Parameter.Role.TRAINED, Parameter.Initial.FAN_IN);

    /** The same with other initial values. */
    public Options from(Parameter.Initial otherInitial) {
      return new Options(bias, relu, role, otherInitial);
    }

    /** The same with another role. */
    public Options as(Parameter.Role otherRole) {
      return new Options(bias, relu, otherRole, initial);
    }
  }
}
