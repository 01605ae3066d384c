package org.stylemining.style;

import org.stylemining.nn.Buffers;
import org.stylemining.nn.Convolution;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Kernels;
import org.stylemining.nn.Layer;
import org.stylemining.nn.ParameterStore;

/**
 * SqueezeNet's fire module: 1x1 squeeze, then 1x1 and 3x3 expansions side by side, a ReLU behind
 * each.
 */
final class Fire implements Layer {
  private final Buffers buffers;
  private final Layer squeeze;
  private final Layer pointwise;
  private final Layer spatial;
  private final int expand;
  private FeatureMap squeezed;
  private FeatureMap left;
  private FeatureMap right;

  Fire(
      ParameterStore store,
      Buffers buffers,
      String name,
      int in,
      int squeeze,
      int expand,
      Convolution.Options options) {
    this.buffers = buffers;
    this.expand = expand;
    Convolution.Padding zero = Convolution.Padding.ZERO;
    this.squeeze =
        Convolution.same(store, buffers, name + "/conv1x1_1", in, squeeze, 1, 1, 1, zero, options);
    pointwise =
        Convolution.same(
            store, buffers, name + "/conv1x1_2", squeeze, expand, 1, 1, 1, zero, options);
    spatial =
        Convolution.same(
            store, buffers, name + "/conv3x3_2", squeeze, expand, 3, 1, 1, zero, options);
  }

  @Override
  public FeatureMap forward(FeatureMap x, boolean training) {
    FeatureMap s = squeeze.forward(x, training);
    FeatureMap a = pointwise.forward(s, training);
    FeatureMap b = spatial.forward(s, training);
    FeatureMap y = x.with(buffers.take(x.pixels(), 2L * expand));
    Kernels.columns(y.rows(), 0, expand).assign(a.rows());
    Kernels.columns(y.rows(), expand, expand).assign(b.rows());
    if (training) {
      squeezed = s;
      left = a;
      right = b;
    } else {
      buffers.give(s);
      buffers.give(a);
      buffers.give(b);
    }
    return y;
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    FeatureMap da = dy.with(buffers.take(dy.pixels(), expand));
    FeatureMap db = dy.with(buffers.take(dy.pixels(), expand));
    da.rows().assign(Kernels.columns(dy.rows(), 0, expand));
    db.rows().assign(Kernels.columns(dy.rows(), expand, expand));
    buffers.give(dy);
    FeatureMap ds = pointwise.backward(da, true);
    FeatureMap other = spatial.backward(db, true);
    ds.rows().addi(other.rows());
    buffers.give(other);
    FeatureMap dx = squeeze.backward(ds, inputGradient);
    buffers.give(squeezed);
    buffers.give(left);
    buffers.give(right);
    return dx;
  }
}
