package org.stylemining.task;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.Convolution;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Kernels;
import org.stylemining.nn.Layer;
import org.stylemining.nn.Parameter;
import org.stylemining.nn.ParameterStore;

/**
 * Position attention (SAGAN, Zhang et al., 2019): y = gamma * softmax(q k^T) v + x with q, k, v 1x1
 * convolutions of x, q and k to an eighth of the channels; gamma starts at 0. The attention matrix
 * has (H W)^2 entries per image.
 */
final class PositionAttention implements Layer {
  private static final int REDUCTION = 8;
  private final Buffers buffers;
  private final Layer query;
  private final Layer key;
  private final Layer value;
  private final Parameter gamma;
  private FeatureMap q;
  private FeatureMap k;
  private FeatureMap v;
  private FeatureMap attended;
  private INDArray attention;

  PositionAttention(ParameterStore store, Buffers buffers, String name, int channels) {
    this.buffers = buffers;
    int reduced = Math.max(1, channels / REDUCTION);
    Convolution.Options options = Convolution.Options.BIAS.as(Parameter.Role.CLASSIFIER);
    query = pointwise(store, name + ".query_conv", channels, reduced, options);
    key = pointwise(store, name + ".key_conv", channels, reduced, options);
    value = pointwise(store, name + ".value_conv", channels, channels, options);
    gamma = store.add(name + ".gamma", Parameter.Role.CLASSIFIER, Parameter.Initial.ZERO, 1);
  }

  private Layer pointwise(
      ParameterStore store, String name, int in, int out, Convolution.Options options) {
    return Convolution.same(
        store, buffers, name, in, out, 1, 1, 1, Convolution.Padding.ZERO, options);
  }

  @Override
  public FeatureMap forward(FeatureMap x, boolean training) {
    q = query.forward(x, training);
    k = key.forward(x, training);
    v = value.forward(x, training);
    long n = x.imagePixels();
    attention = buffers.take(x.batch() * n, n);
    attended = x.with(buffers.take(x.pixels(), x.channels()));
    for (int b = 0; b < x.batch(); b++) {
      INDArray a = Kernels.rows(attention, b * n, n);
      Kernels.multiply(q.image(b).rows(), false, k.image(b).rows(), true, a, 0);
      Nd4j.exec(
          DynamicCustomOp.builder("softmax")
              .addInputs(a)
              .addOutputs(a)
              .addIntegerArguments(1)
              .build());
      Kernels.multiply(a, v.image(b).rows(), attended.image(b).rows());
    }
    FeatureMap y = x.with(buffers.take(x.pixels(), x.channels()));
    y.rows().assign(attended.rows());
    y.rows().muli(gamma.value().getDouble(0)).addi(x.rows());
    if (!training) {
      forget();
    }
    return y;
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    if (gamma.hasGradient()) {
      INDArray product = buffers.take(dy.pixels(), dy.channels());
      product.assign(dy.rows()).muli(attended.rows());
      gamma.gradient().addi(product.sumNumber().doubleValue());
      buffers.give(product);
    }
    FeatureMap dq = q.with(buffers.take(q.pixels(), q.channels()));
    FeatureMap dk = k.with(buffers.take(k.pixels(), k.channels()));
    FeatureMap dv = v.with(buffers.take(v.pixels(), v.channels()));
    INDArray dOut = buffers.take(dy.pixels(), dy.channels());
    dOut.assign(dy.rows()).muli(gamma.value().getDouble(0));
    long n = dy.imagePixels();
    INDArray da = buffers.take(n, n);
    INDArray t = buffers.take(n, n);
    for (int b = 0; b < dy.batch(); b++) {
      INDArray a = Kernels.rows(attention, b * n, n);
      INDArray d = Kernels.rows(dOut, b * n, n);
      Kernels.multiply(a, true, d, false, dv.image(b).rows(), 0);
      Kernels.multiply(d, false, v.image(b).rows(), true, da, 0);
      // Softmax: dS = A (dA - rowsum(A dA))
      t.assign(a).muli(da);
      INDArray sums = t.sum(1);
      da.subiColumnVector(sums).muli(a);
      Kernels.multiply(da, k.image(b).rows(), dq.image(b).rows());
      Kernels.multiply(da, true, q.image(b).rows(), false, dk.image(b).rows(), 0);
    }
    for (INDArray scratch : List.of(da, t, dOut)) {
      buffers.give(scratch);
    }
    forget();
    FeatureMap gq = query.backward(dq, inputGradient);
    FeatureMap gk = key.backward(dk, inputGradient);
    FeatureMap gv = value.backward(dv, inputGradient);
    if (!inputGradient) {
      buffers.give(dy);
      return null;
    }
    for (FeatureMap g : List.of(gq, gk, gv)) {
      dy.rows().addi(g.rows());
      buffers.give(g);
    }
    return dy;
  }

  private void forget() {
    for (FeatureMap map : new FeatureMap[] {q, k, v, attended}) {
      buffers.give(map);
    }
    buffers.give(attention);
    q = null;
    k = null;
    v = null;
    attended = null;
    attention = null;
  }
}
