package org.stylemining.nn;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One named array of a network. Its values live in a view of the network's flat vector.
 *
 * <p>Convolution kernels are kept as [kH, kW, in, out] and matrices as [in, out]; their published
 * form, in files, is PyTorch's: [out, in, kH, kW] and [out, in].
 */
public final class Parameter {
  /** What training does with the parameter. */
  public enum Role {
    /** Updated by gradient. */
    TRAINED,
    /** Updated by gradient, at the classifier's learning rate. */
    CLASSIFIER,
    /** Never updated. */
    FROZEN,
    /** Tracked by the forward pass (running mean and variance). */
    STATISTIC
  }

  /** Initial values. */
  public enum Initial {
    ZERO,
    ONE,
    /** Normal, standard deviation sqrt(2 / fan-in): He et al., 2015. */
    HE,
    /** Normal, standard deviation sqrt(1 / fan-in): for layers without a ReLU behind them. */
    FAN_IN,
    /**
     * Uniform within 1 / sqrt(fan-in) of 0: PyTorch's own for convolutions, and so the official
     * decoder's.
     */
    UNIFORM,
    /** Normal, standard deviation 0.01: DeepLab's classifier. */
    SMALL
  }

  private final String name;
  private final long[] shape;
  private final Role role;
  private final Initial initial;
  private INDArray value;
  private INDArray gradient;
  private long revision;

  Parameter(String name, long[] shape, Role role, Initial initial) {
    this.name = name;
    this.shape = shape.clone();
    this.role = role;
    this.initial = initial;
  }

  /** The official PyTorch name, such as {@code layer1.0.conv1.weight}. */
  public String name() {
    return name;
  }

  /** The layer's part of the name. */
  String layerName() {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  /** Shape as kept here: [C], [in, out] or [kH, kW, in, out]. */
  public long[] shape() {
    return shape.clone();
  }

  /** Shape as PyTorch has it: [C], [out, in] or [out, in, kH, kW]. */
  public long[] publishedShape() {
    return switch (shape.length) {
      case 2 -> new long[] {shape[1], shape[0]};
      case 4 -> new long[] {shape[3], shape[2], shape[0], shape[1]};
      default -> shape.clone();
    };
  }

  public Role role() {
    return role;
  }

  Initial initial() {
    return initial;
  }

  public long length() {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /** Number of inputs that one output sums over. */
  long fanIn() {
    return shape.length < 2 ? 1 : length() / shape[shape.length - 1];
  }

  /** The values, a view of the flat vector, in {@link #shape()}. */
  public INDArray value() {
    if (value == null) {
      throw new IllegalStateException("parameter " + name + " is not bound to a vector yet");
    }
    return value;
  }

  /**
   * The gradient, a view of the flat gradient; null where the network is frozen or this parameter
   * is not trained.
   */
  public INDArray gradient() {
    return gradient;
  }

  /** Whether backward passes add to this parameter's gradient. */
  public boolean hasGradient() {
    return gradient != null;
  }

  /** Grows whenever the values are set by name. */
  long revision() {
    return revision;
  }

  /** Says that the values were written in place. */
  void changed() {
    revision++;
  }

  void bind(INDArray values, INDArray gradients) {
    value = values.reshape('c', shape);
    gradient = gradients == null ? null : gradients.reshape('c', shape);
  }

  /** A copy of the values in the published shape, a 'c'-ordered array. */
  public INDArray publish() {
    return permuted(value(), shape.length == 4 ? new int[] {3, 2, 0, 1} : new int[] {1, 0});
  }

  /** Takes values in the published shape. */
  public void accept(INDArray published) {
    if (!Arrays.equals(published.shape(), publishedShape())) {
      throw new IllegalArgumentException(
          "parameter %s: expected shape %s, found %s"
              .formatted(
                  name, Arrays.toString(publishedShape()), Arrays.toString(published.shape())));
    }
    value()
        .assign(
            permuted(
                published.castTo(value().dataType()),
                shape.length == 4 ? new int[] {2, 3, 1, 0} : new int[] {1, 0}));
    changed();
  }

  /** The gradient in the published shape. */
  public INDArray publishGradient() {
    return permuted(gradient, shape.length == 4 ? new int[] {3, 2, 0, 1} : new int[] {1, 0});
  }

  private INDArray permuted(INDArray a, int[] order) {
    return shape.length < 2 || shape.length == 3 ? a.dup('c') : a.permute(order).dup('c');
  }
}
