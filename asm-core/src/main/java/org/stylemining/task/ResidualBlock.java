package org.stylemining.task;

import java.util.ArrayList;
import java.util.List;
import org.stylemining.nn.BatchNorm;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.Convolution;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Layer;
import org.stylemining.nn.LayerProbe;
import org.stylemining.nn.ParameterStore;
import org.stylemining.nn.Sequential;

/** y = relu(F(x) + shortcut(x)), the shortcut a projection where extent or channels change. */
final class ResidualBlock implements Layer {
  private final Buffers buffers;
  private final Layer residual;
  private final BatchNorm last;
  private final Layer projection;
  private FeatureMap sums;

  /** The last batch-norm adds the shortcut and has the ReLU. */
  private ResidualBlock(Buffers buffers, Layer residual, BatchNorm last, Layer projection) {
    this.buffers = buffers;
    this.residual = residual;
    this.last = last;
    this.projection = projection;
  }

  /**
   * 1x1 (with the stride) - 3x3 (with the dilation) - 1x1 to four times the planes, as DeepLab-v2's
   * ResNet-50 and -101 have it.
   */
  static ResidualBlock bottleneck(
      ParameterStore store,
      Buffers buffers,
      String name,
      int in,
      int planes,
      int stride,
      int dilation,
      boolean project,
      BatchNorm.Options norm) {
    List<Layer> layers = new ArrayList<>();
    layers.add(same(store, buffers, name + ".conv1", in, planes, 1, stride, 1));
    layers.add(new BatchNorm(store, buffers, name + ".bn1", planes, true, norm));
    layers.add(same(store, buffers, name + ".conv2", planes, planes, 3, 1, dilation));
    layers.add(new BatchNorm(store, buffers, name + ".bn2", planes, true, norm));
    layers.add(same(store, buffers, name + ".conv3", planes, 4 * planes, 1, 1, 1));
    return new ResidualBlock(
        buffers,
        new Sequential(buffers, layers),
        new BatchNorm(store, buffers, name + ".bn3", 4 * planes, true, norm),
        project ? projection(store, buffers, name, in, 4 * planes, stride, norm) : null);
  }

  /** 3x3 (with the stride) - 3x3, both with the dilation: ResNet-18's block. */
  static ResidualBlock basic(
      ParameterStore store,
      Buffers buffers,
      String name,
      int in,
      int planes,
      int stride,
      int dilation,
      boolean project,
      BatchNorm.Options norm) {
    List<Layer> layers = new ArrayList<>();
    layers.add(same(store, buffers, name + ".conv1", in, planes, 3, stride, dilation));
    layers.add(new BatchNorm(store, buffers, name + ".bn1", planes, true, norm));
    layers.add(same(store, buffers, name + ".conv2", planes, planes, 3, 1, dilation));
    return new ResidualBlock(
        buffers,
        new Sequential(buffers, layers),
        new BatchNorm(store, buffers, name + ".bn2", planes, true, norm),
        project ? projection(store, buffers, name, in, planes, stride, norm) : null);
  }

  private static Layer projection(
      ParameterStore store,
      Buffers buffers,
      String name,
      int in,
      int out,
      int stride,
      BatchNorm.Options norm) {
    return new Sequential(
        buffers,
        List.of(
            same(store, buffers, name + ".downsample.0", in, out, 1, stride, 1),
            new BatchNorm(store, buffers, name + ".downsample.1", out, false, norm)));
  }

  private static Layer same(
      ParameterStore store,
      Buffers buffers,
      String name,
      int in,
      int out,
      int kernel,
      int stride,
      int dilation) {
    return Convolution.same(
        store,
        buffers,
        name,
        in,
        out,
        kernel,
        stride,
        dilation,
        Convolution.Padding.ZERO,
        Convolution.Options.BARE);
  }

  @Override
  public FeatureMap forward(FeatureMap x, boolean training) {
    FeatureMap f = residual.forward(x, training);
    FeatureMap s = projection == null ? x : projection.forward(x, training);
    FeatureMap y =
        buffers.probe().pass(last, LayerProbe.Pass.FORWARD, f, () -> last.forward(f, s, training));
    // No backward pass reads the shortcut: a batch-norm without ReLU does not need its result.
    if (projection != null) {
      buffers.give(s);
    }
    if (training) {
      sums = f;
    } else {
      buffers.give(f);
    }
    return y;
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    FeatureMap df =
        buffers
            .probe()
            .pass(last, LayerProbe.Pass.BACKWARD, dy, () -> last.backwardWithAddend(dy, true));
    buffers.give(sums);
    sums = null;
    FeatureMap dx = residual.backward(df, inputGradient);
    FeatureMap ds = projection == null ? dy : projection.backward(dy, inputGradient);
    if (!inputGradient) {
      buffers.give(ds);
      return null;
    }
    dx.rows().addi(ds.rows());
    buffers.give(ds);
    return dx;
  }
}
