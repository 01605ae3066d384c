package org.stylemining.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.nn.Convolution.Options;
import org.stylemining.nn.Convolution.Padding;

/** Every layer's backward pass against central differences, in double. */
class NumericGradientTest {
  private static final double STEP = 1e-5;

  static Stream<String> layers() {
    return makers().keySet().stream();
  }

  private static Map<String, BiFunction<ParameterStore, Buffers, Layer>> makers() {
    Map<String, BiFunction<ParameterStore, Buffers, Layer>> m = new LinkedHashMap<>();
    m.put("1x1", (s, b) -> Convolution.same(s, b, "c", 3, 5, 1, 1, 1, Padding.ZERO, Options.BIAS));
    m.put(
        "1x1, fewer outputs",
        (s, b) -> Convolution.same(s, b, "c", 3, 2, 1, 1, 1, Padding.ZERO, Options.BIAS_RELU));
    m.put(
        "1x1, stride 2",
        (s, b) -> Convolution.same(s, b, "c", 3, 5, 1, 2, 1, Padding.ZERO, Options.BARE));
    m.put(
        "3x3",
        (s, b) -> Convolution.same(s, b, "c", 3, 4, 3, 1, 1, Padding.ZERO, Options.BIAS_RELU));
    m.put(
        "3x3, dilation 2",
        (s, b) -> Convolution.same(s, b, "c", 3, 2, 3, 1, 2, Padding.ZERO, Options.BARE));
    m.put(
        "3x3, mirrored border",
        (s, b) -> Convolution.same(s, b, "c", 3, 4, 3, 1, 1, Padding.REFLECT, Options.BIAS));
    m.put(
        "5x5, mirrored border",
        (s, b) -> Convolution.same(s, b, "c", 3, 4, 5, 1, 1, Padding.REFLECT, Options.BIAS));
    m.put(
        "7x7, stride 2",
        (s, b) -> Convolution.same(s, b, "c", 3, 4, 7, 2, 1, Padding.ZERO, Options.BIAS));
    m.put("linear", (s, b) -> PointwiseConvolution.linear(s, b, "c", 3, 4, Options.BIAS_RELU));
    m.put(
        "batch-norm of the batch",
        (s, b) -> new BatchNorm(s, b, "n", 3, false, new BatchNorm.Options(true, true, 0.1)));
    m.put(
        "batch-norm of the batch, ReLU",
        (s, b) -> new BatchNorm(s, b, "n", 3, true, new BatchNorm.Options(true, true, 0.1)));
    m.put(
        "batch-norm with running statistics",
        (s, b) -> new BatchNorm(s, b, "n", 3, true, new BatchNorm.Options(true, false, 0.1)));
    m.put(
        "batch-norm, frozen scale",
        (s, b) -> new BatchNorm(s, b, "n", 3, true, new BatchNorm.Options(false, true, 0.1)));
    m.put("max-pooling 3", (s, b) -> new MaxPooling(b, 3, 1));
    m.put("max-pooling 2", (s, b) -> new MaxPooling(b, 2, 0));
    m.put(
        "max-pooling 3, whole windows",
        (s, b) -> new MaxPooling(b, 3, 1, MaxPooling.Rounding.FLOOR));
    m.put(
        "max-pooling 2, whole windows",
        (s, b) -> new MaxPooling(b, 2, 0, MaxPooling.Rounding.FLOOR));
    m.put("global mean", (s, b) -> new GlobalMean(b));
    m.put("nearest", (s, b) -> new NearestUpsampling(b));
    m.put(
        "chain",
        (s, b) ->
            new Sequential(
                b,
                List.of(
                    Convolution.same(s, b, "c", 3, 4, 3, 1, 1, Padding.ZERO, Options.BARE),
                    new BatchNorm(s, b, "n", 4, true, new BatchNorm.Options(true, true, 0.1)),
                    new NearestUpsampling(b),
                    Convolution.same(s, b, "d", 4, 2, 1, 1, 1, Padding.ZERO, Options.BIAS))));
    return m;
  }

  @ParameterizedTest
  @MethodSource("layers")
  void backwardIsTheDerivativeOfForward(String name) {
    Buffers buffers = new Buffers(DataType.DOUBLE);
    ParameterStore store = new ParameterStore(DataType.DOUBLE);
    Layer layer = makers().get(name).apply(store, buffers);
    store.allocate(true);
    store.initialise(3);
    Random random = new Random(7);
    for (Parameter p : store.parameters()) {
      // Shifts away from 0, so that ReLUs are open and shut.
      p.value().addi(p.role() == Parameter.Role.STATISTIC ? 0.1 : 0.05);
    }
    FeatureMap x = map(2, 7, 9, 3, random);
    FeatureMap y = layer.forward(x, true);
    FeatureMap weights = map(y.batch(), y.height(), y.width(), y.channels(), random);
    FeatureMap dy = y.with(buffers.take(y.pixels(), y.channels()));
    dy.rows().assign(weights.rows());
    FeatureMap dx = layer.backward(dy, true);
    for (int i = 0; i < 40; i++) {
      long at = random.nextInt((int) x.rows().length());
      check(layer, x, weights, x.rows(), at, dx.rows().getDouble(at), name + ", input");
    }
    for (Parameter p : store.parameters()) {
      for (int i = 0; p.hasGradient() && i < 10; i++) {
        long at = random.nextInt((int) p.length());
        check(layer, x, weights, p.value(), at, p.gradient().getDouble(at), name + ", " + p.name());
      }
    }
  }

  private static void check(
      Layer layer,
      FeatureMap x,
      FeatureMap weights,
      INDArray where,
      long at,
      double found,
      String name) {
    double value = where.getDouble(at);
    where.putScalar(at, value + STEP);
    double above = layer.forward(x, true).rows().mul(weights.rows()).sumNumber().doubleValue();
    where.putScalar(at, value - STEP);
    double below = layer.forward(x, true).rows().mul(weights.rows()).sumNumber().doubleValue();
    where.putScalar(at, value);
    double due = (above - below) / (2 * STEP);
    assertThat(found)
        .as(name + " at " + at)
        .isCloseTo(due, offset(1e-6 * Math.max(1, Math.abs(due))));
  }

  private static FeatureMap map(int batch, int height, int width, int channels, Random random) {
    double[] values = random.doubles((long) batch * height * width * channels, -1, 1).toArray();
    return new FeatureMap(
        Nd4j.createFromArray(values).reshape('c', (long) batch * height * width, channels),
        batch,
        height,
        width);
  }
}
