package org.stylemining.nn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The parameters of one network and the flat vector theta [n] they live in, ordered by role:
 * trained, classifier, frozen, statistics; each role is one contiguous range, so that an optimizer
 * works on ranges.
 */
public final class ParameterStore implements AutoCloseable {
  private final DataType type;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private List<Parameter> order;
  private INDArray theta;
  private INDArray gradient;

  public ParameterStore(DataType type) {
    this.type = type;
  }

  /** Declares a parameter; only before {@link #allocate}. */
  public Parameter add(String name, Parameter.Role role, Parameter.Initial initial, long... shape) {
    if (theta != null) {
      throw new IllegalStateException("parameter " + name + " declared after allocation");
    }
    Parameter p = new Parameter(name, shape, role, initial);
    if (parameters.put(name, p) != null) {
      throw new IllegalArgumentException("parameter " + name + " declared twice");
    }
    return p;
  }

  /**
   * Allocates theta, and the gradient where the network is to be trained, and binds every
   * parameter.
   *
   * @param trained false: no parameter gets a gradient
   */
  public ParameterStore allocate(boolean trained) {
    order = new ArrayList<>(parameters.values());
    order.sort(Comparator.comparing(Parameter::role));
    long n = size();
    theta = Nd4j.createUninitializedDetached(type, n);
    theta.assign(0);
    if (trained) {
      gradient = Nd4j.createUninitializedDetached(type, end(Parameter.Role.CLASSIFIER));
      gradient.assign(0);
    }
    long offset = 0;
    for (Parameter p : order) {
      boolean updated = p.role().compareTo(Parameter.Role.CLASSIFIER) <= 0;
      p.bind(
          Kernels.range(theta, offset, p.length()),
          trained && updated ? Kernels.range(gradient, offset, p.length()) : null);
      offset += p.length();
    }
    return this;
  }

  /** Number of values of theta. */
  public long size() {
    return parameters.values().stream().mapToLong(Parameter::length).sum();
  }

  /** Index behind the last value of a role. */
  public long end(Parameter.Role role) {
    return parameters.values().stream()
        .filter(p -> p.role().compareTo(role) <= 0)
        .mapToLong(Parameter::length)
        .sum();
  }

  /**
   * All values [n]. Whoever takes them may write them: what layers derived from them is computed
   * anew.
   */
  public INDArray theta() {
    parameters.values().forEach(Parameter::changed);
    return theta;
  }

  /**
   * Gradients of the trained and the classifier's values, the first of theta; null where the
   * network is frozen.
   */
  public INDArray gradient() {
    return gradient;
  }

  /** Parameters in theta's order. */
  public List<Parameter> parameters() {
    return List.copyOf(order);
  }

  public Parameter get(String name) {
    Parameter p = parameters.get(name);
    if (p == null) {
      throw new IllegalArgumentException("no parameter named " + name);
    }
    return p;
  }

  public boolean has(String name) {
    return parameters.containsKey(name);
  }

  /** Draws all initial values: a function of the seed alone. */
  public void initialise(long seed) {
    for (Parameter p : order) {
      p.changed();
      double deviation =
          switch (p.initial()) {
            case ZERO, ONE -> 0;
            case HE -> Math.sqrt(2.0 / p.fanIn());
            case FAN_IN -> Math.sqrt(1.0 / p.fanIn());
            case UNIFORM -> Math.sqrt(1.0 / (3 * p.fanIn()));
            case SMALL -> 0.01;
          };
      if (deviation == 0) {
        p.value().assign(p.initial() == Parameter.Initial.ONE ? 1 : 0);
        continue;
      }
      Random random = new Random(seed * 1_000_003 + p.name().hashCode());
      float[] values = new float[Math.toIntExact(p.length())];
      for (int i = 0; i < values.length; i++) {
        double drawn =
            p.initial() == Parameter.Initial.UNIFORM
                ? Math.sqrt(3) * (2 * random.nextDouble() - 1)
                : random.nextGaussian();
        values[i] = (float) (drawn * deviation);
      }
      INDArray array = Nd4j.createFromArray(values);
      p.value().assign(array.reshape('c', p.shape()).castTo(type));
      array.close();
    }
  }

  @Override
  public void close() {
    if (theta != null && theta.closeable()) {
      theta.close();
    }
    if (gradient != null && gradient.closeable()) {
      gradient.close();
    }
  }
}
