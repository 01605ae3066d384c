package org.stylemining.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Kernels;
import org.stylemining.nn.Layer;
import org.stylemining.nn.LayerWork;
import org.stylemining.nn.Parameter;
import org.stylemining.nn.ParameterStore;

/**
 * DeepLab-v2's classifier: the sum of parallel 3x3 convolutions of different dilation, with biases.
 * All taps of all rates are one 1x1 convolution to rates * 9 * K channels, whose results are then
 * added shifted.
 */
final class AtrousClassifier implements Layer {
  private static final int TAPS = 9;
  private final Buffers buffers;
  private final int in;
  private final int classes;
  private final List<Integer> rates;
  private final List<Parameter> weights = new ArrayList<>();
  private final List<Parameter> biases = new ArrayList<>();
  private FeatureMap input;

  AtrousClassifier(
      ParameterStore store, Buffers buffers, int in, int classes, List<Integer> rates) {
    this.buffers = buffers;
    this.in = in;
    this.classes = classes;
    this.rates = rates;
    for (int r = 0; r < rates.size(); r++) {
      String name = "layer5.conv2d_list." + r;
      weights.add(
          store.add(
              name + ".weight",
              Parameter.Role.CLASSIFIER,
              Parameter.Initial.SMALL,
              3,
              3,
              in,
              classes));
      biases.add(
          store.add(name + ".bias", Parameter.Role.CLASSIFIER, Parameter.Initial.ZERO, classes));
    }
  }

  @Override
  public FeatureMap forward(FeatureMap x, boolean training) {
    input = training ? x : null;
    INDArray joined = joinedWeights();
    INDArray taps = buffers.take(x.pixels(), joined.size(1));
    Kernels.multiply(x.rows(), joined, taps);
    buffers.give(joined);
    FeatureMap y = buffers.map(x.batch(), x.height(), x.width(), classes);
    INDArray bias = biases.get(0).value().dup();
    biases.subList(1, biases.size()).forEach(b -> bias.addi(b.value()));
    y.rows().assign(0);
    y.rows().addiRowVector(bias);
    bias.close();
    FeatureMap all = x.with(taps);
    forEachTap(
        x.height(),
        x.width(),
        (column, top, left, height, width, dy, dx) ->
            Kernels.window(y.cube(), top, left, height, width)
                .addi(tapWindow(all, column, top + dy, left + dx, height, width)));
    buffers.give(taps);
    return y;
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    long columns = (long) rates.size() * TAPS * classes;
    FeatureMap dTaps = dy.with(buffers.zeros(dy.pixels(), columns));
    forEachTap(
        dy.height(),
        dy.width(),
        (column, top, left, height, width, sy, sx) ->
            tapWindow(dTaps, column, top + sy, left + sx, height, width)
                .assign(Kernels.window(dy.cube(), top, left, height, width)));
    if (biases.get(0).hasGradient()) {
      INDArray sums = Kernels.columnSums(dy.rows(), buffers);
      biases.forEach(b -> b.gradient().addi(sums));
      sums.close();
      INDArray dw = buffers.zeros(in, columns);
      Kernels.addWeightGradient(input.rows(), dTaps.rows(), dw, buffers);
      for (int r = 0; r < rates.size(); r++) {
        for (int tap = 0; tap < TAPS; tap++) {
          tapMatrix(weights.get(r).gradient(), tap).addi(tapColumns(dw, r, tap));
        }
      }
      buffers.give(dw);
    }
    FeatureMap dx = null;
    if (inputGradient) {
      INDArray joined = joinedWeights();
      dx = dy.with(buffers.take(dy.pixels(), in));
      Kernels.multiply(dTaps.rows(), false, joined, true, dx.rows(), 0);
      buffers.give(joined);
    }
    buffers.give(dTaps);
    buffers.give(dy);
    input = null;
    return dx;
  }

  @Override
  public Optional<LayerWork> work() {
    return Optional.of(
        new LayerWork(
            "layer5",
            "classifier 3x3, dilations "
                + rates.stream().map(String::valueOf).collect(Collectors.joining(" ")),
            "matmul, shifted sums",
            "matmul, shifted copies",
            (long) rates.size() * TAPS * in * classes,
            weights.get(0).hasGradient()));
  }

  private INDArray joinedWeights() {
    INDArray joined = buffers.take(in, (long) rates.size() * TAPS * classes);
    for (int r = 0; r < rates.size(); r++) {
      for (int tap = 0; tap < TAPS; tap++) {
        tapColumns(joined, r, tap).assign(tapMatrix(weights.get(r).value(), tap));
      }
    }
    return joined;
  }

  private INDArray tapMatrix(INDArray weight, int tap) {
    return Kernels.rows(weight.reshape('c', (long) TAPS * in, classes), (long) tap * in, in);
  }

  private INDArray tapColumns(INDArray joined, int rate, int tap) {
    return Kernels.columns(joined, (long) (rate * TAPS + tap) * classes, classes);
  }

  private INDArray tapWindow(
      FeatureMap taps, int column, int top, int left, int height, int width) {
    return Kernels.window(taps.cube(), top, left, height, width, column, classes);
  }

  private interface TapAction {
    /**
     * The output window (top, left, height, width) reads the tap's column block at the window moved
     * by (dy, dx).
     */
    void at(int column, int top, int left, int height, int width, int dy, int dx);
  }

  private void forEachTap(int height, int width, TapAction action) {
    for (int r = 0; r < rates.size(); r++) {
      for (int tap = 0; tap < TAPS; tap++) {
        int dy = (tap / 3 - 1) * rates.get(r);
        int dx = (tap % 3 - 1) * rates.get(r);
        int top = Math.max(0, -dy);
        int left = Math.max(0, -dx);
        int h = Math.min(height, height - dy) - top;
        int w = Math.min(width, width - dx) - left;
        if (h > 0 && w > 0) {
          action.at((r * TAPS + tap) * classes, top, left, h, w, dy, dx);
        }
      }
    }
  }
}
