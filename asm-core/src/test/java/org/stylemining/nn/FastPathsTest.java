package org.stylemining.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.stylemining.nn.Convolution.Options;
import org.stylemining.nn.Convolution.Padding;

/**
 * What computes a layer in float on a CPU (Winograd's tiles, oneDNN's convolutions, fused passes)
 * against the same layer in double, which the gradient checks and PyTorch vouch for.
 */
class FastPathsTest {
  private static final double TOLERANCE = 2e-5;

  /** A layer in one type: what it gives for the same input. */
  private record Pass(FeatureMap y, FeatureMap dx, ParameterStore store) {}

  private interface Maker {
    Layer make(ParameterStore store, Buffers buffers);
  }

  @ParameterizedTest
  @CsvSource({
    // in, out, kernel, stride, dilation, border, height, width
    "256, 272, 3, 1, 1, ZERO, 17, 33", // Winograd, smaller and larger tiles, ragged
    "256, 256, 3, 1, 1, REFLECT, 16, 24",
    "128, 130, 3, 1, 1, REFLECT, 40, 60",
    "130, 128, 3, 1, 2, ZERO, 23, 37",
    "128, 128, 3, 1, 4, ZERO, 33, 31",
    "128, 128, 3, 1, 24, ZERO, 33, 31", // a dilation near the image's size
    "64, 48, 3, 1, 1, ZERO, 19, 31", // oneDNN
    "16, 8, 3, 1, 1, REFLECT, 19, 31",
    "3, 64, 7, 2, 1, ZERO, 37, 41",
    "32, 32, 3, 2, 1, ZERO, 37, 41",
    "32, 32, 3, 1, 2, ZERO, 37, 41", // products of shifted rows
    "256, 256, 3, 1, 1, ZERO, 2, 2", // Winograd on a few pixels
    "128, 128, 3, 1, 1, ZERO, 12, 12", // too few pixels for tiles
    "256, 64, 1, 1, 1, ZERO, 23, 37", // a product as a convolution
    "64, 256, 1, 1, 1, ZERO, 23, 37",
    "64, 128, 1, 2, 1, ZERO, 23, 37"
  })
  void convolutions(
      int in,
      int out,
      int kernel,
      int stride,
      int dilation,
      Padding border,
      int height,
      int width) {
    check(
        (store, buffers) ->
            Convolution.same(
                store, buffers, "c", in, out, kernel, stride, dilation, border, Options.BIAS),
        in,
        height,
        width);
  }

  @ParameterizedTest
  @CsvSource({"256, 256, 9, 11", "160, 128, 32, 40", "32, 16, 9, 7"})
  void upSamplingAndConvolutionInOne(int in, int out, int height, int width) {
    check(
        (store, buffers) -> Convolution.upsampled(store, buffers, "c", in, out, Options.BIAS),
        in,
        height,
        width);
  }

  @ParameterizedTest
  @CsvSource({"256, 3, 16, 24", "32, 3, 16, 24", "256, 1, 40, 40"})
  void aReluMakesTheResultItsPositivePart(int channels, int kernel, int height, int width) {
    FeatureMap[] y = new FeatureMap[2];
    for (int i = 0; i < 2; i++) {
      Options options = i == 0 ? Options.BIAS : Options.BIAS_RELU;
      int out = channels / 2;
      y[i] =
          run(
                  DataType.FLOAT,
                  (store, buffers) ->
                      Convolution.same(
                          store,
                          buffers,
                          "c",
                          channels,
                          kernel == 1 ? out : channels,
                          kernel,
                          1,
                          1,
                          Padding.ZERO,
                          // Of one standard deviation with both, so that the draws are the same.
                          new Options(
                              true, options.relu(), options.role(), Options.BIAS.initial())),
                  channels,
                  height,
                  width,
                  true)
              .y;
    }
    Fixture.assertClose(y[1].rows(), Transforms.relu(y[0].rows(), true), "result", 1e-7);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true"})
  void batchNorm(boolean affineTrained, boolean ofBatch) {
    check(
        (store, buffers) ->
            new BatchNorm(
                store, buffers, "n", 19, true, new BatchNorm.Options(affineTrained, ofBatch, 0.1)),
        19,
        13,
        29);
  }

  private static void check(Maker maker, int channels, int height, int width) {
    for (boolean trained : new boolean[] {true, false}) {
      Pass due = run(DataType.DOUBLE, maker, channels, height, width, trained);
      Pass found = run(DataType.FLOAT, maker, channels, height, width, trained);
      String name = trained ? "trained, " : "frozen, ";
      Fixture.assertClose(found.y.rows(), due.y.rows(), name + "result", TOLERANCE);
      Fixture.assertClose(found.dx.rows(), due.dx.rows(), name + "input's gradient", TOLERANCE);
      for (Parameter p : due.store.parameters()) {
        Parameter other = found.store.get(p.name());
        Fixture.assertClose(other.value(), p.value(), name + p.name(), TOLERANCE);
        if (p.hasGradient()) {
          Fixture.assertClose(
              other.gradient(), p.gradient(), name + "gradient of " + p.name(), TOLERANCE);
        }
      }
    }
  }

  private static Pass run(
      DataType type, Maker maker, int channels, int height, int width, boolean trained) {
    Buffers buffers = new Buffers(type);
    ParameterStore store = new ParameterStore(type);
    Layer layer = maker.make(store, buffers);
    store.allocate(trained);
    store.initialise(5);
    for (Parameter p : store.parameters()) {
      if (p.shape().length == 1) {
        p.value().addi(0.2);
      }
    }
    FeatureMap x = random(type, buffers, 2, height, width, channels, 1);
    FeatureMap y = null;
    FeatureMap dx = null;
    int lent = 0;
    // Twice: pooled buffers of the first pass hold other values in the second.
    for (int pass = 0; pass < 2; pass++) {
      if (trained) {
        store.gradient().assign(0);
      }
      buffers.give(y);
      buffers.give(dx);
      y = layer.forward(x, true);
      FeatureMap kept = y.with(y.rows().dup('c'));
      dx =
          layer.backward(
              random(type, buffers, y.batch(), y.height(), y.width(), y.channels(), 2), true);
      buffers.give(y);
      y = kept;
      if (pass == 0) {
        lent = buffers.lentCount();
      }
    }
    assertThat(buffers.lentCount()).as("buffers lent after the second pass").isEqualTo(lent);
    return new Pass(y, dx, store);
  }

  private static FeatureMap random(
      DataType type, Buffers buffers, int batch, int height, int width, int channels, long seed) {
    double[] values =
        new Random(seed).doubles((long) batch * height * width * channels, -1, 1).toArray();
    FeatureMap map = buffers.map(batch, height, width, channels);
    map.rows()
        .assign(Nd4j.createFromArray(values).castTo(type).reshape('c', map.pixels(), channels));
    return map;
  }
}
