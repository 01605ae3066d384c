package org.stylemining.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.nn.Convolution.Options;
import org.stylemining.nn.Convolution.Padding;

/** Outputs and all gradients of single layers against PyTorch's, in double. */
class LayersMatchPyTorchTest {
  private static final double EXACT = 1e-10;
  private final Fixture fixture = new Fixture("layers");

  @ParameterizedTest
  @CsvSource({
    "reflect_conv3x3, 3, 1, 1, REFLECT, true",
    "conv3x3_dilation1, 3, 1, 1, ZERO, true",
    "conv3x3_dilation2, 3, 1, 2, ZERO, true",
    "conv3x3_dilation4, 3, 1, 4, ZERO, true",
    "conv3x3_stride2, 3, 2, 1, ZERO, false",
    "conv7x7_stride2, 7, 2, 1, ZERO, false",
    "conv1x1_stride2, 1, 2, 1, ZERO, false"
  })
  void convolutions(
      String name, int kernel, int stride, int dilation, Padding padding, boolean bias) {
    check(
        name,
        (store, buffers) ->
            Convolution.same(
                store,
                buffers,
                "conv",
                3,
                4,
                kernel,
                stride,
                dilation,
                padding,
                bias ? Options.BIAS : Options.BARE),
        bias ? List.of("weight", "bias") : List.of("weight"));
  }

  @Test
  void maxPoolingWithIncompleteWindows() {
    check("max_pool3x3_stride2_pad1_ceil", (s, b) -> new MaxPooling(b, 3, 1), List.of());
    check("max_pool2x2_ceil", (s, b) -> new MaxPooling(b, 2, 0), List.of());
  }

  @Test
  void nearestUpsampling() {
    check("nearest_x2", (s, b) -> new NearestUpsampling(b), List.of());
  }

  @ParameterizedTest
  @CsvSource({"batch_norm_batch, true", "batch_norm_running, false"})
  void batchNorm(String name, boolean ofBatch) {
    Buffers buffers = new Buffers(DataType.DOUBLE);
    ParameterStore store = new ParameterStore(DataType.DOUBLE);
    BatchNorm layer =
        new BatchNorm(store, buffers, "bn", 3, false, new BatchNorm.Options(true, ofBatch, 0.1));
    store.allocate(true);
    store.get("bn.weight").accept(fixture.array(name + "/weight"));
    store.get("bn.bias").accept(fixture.array(name + "/bias"));
    store.get("bn.running_mean").accept(fixture.array("batch_norm/running_mean"));
    store.get("bn.running_var").accept(fixture.array("batch_norm/running_var"));
    FeatureMap x = fixture.map(name + "/input");
    fixture.assertClose(layer.forward(x, true), name + "/output", EXACT);
    FeatureMap dx = layer.backward(fixture.map(name + "/grad/output", buffers), true);
    fixture.assertClose(dx, name + "/grad/input", EXACT);
    fixture.assertClose(store.get("bn.weight").gradient(), name + "/grad/weight", EXACT);
    fixture.assertClose(store.get("bn.bias").gradient(), name + "/grad/bias", EXACT);
    String after = ofBatch ? "batch_norm/after/" : "batch_norm/";
    fixture.assertClose(store.get("bn.running_mean").value(), after + "running_mean", EXACT);
    fixture.assertClose(store.get("bn.running_var").value(), after + "running_var", EXACT);
  }

  @Test
  void bilinearResizeWithAlignedCorners() {
    Buffers buffers = new Buffers(DataType.DOUBLE);
    BilinearResize resize = new BilinearResize(buffers);
    FeatureMap x = fixture.map("bilinear_align_corners/input");
    fixture.assertClose(resize.forward(x, 17, 31), "bilinear_align_corners/output", EXACT);
    FeatureMap dy = fixture.map("bilinear_align_corners/grad/output");
    fixture.assertClose(
        resize.backward(dy, x.height(), x.width()), "bilinear_align_corners/grad/input", EXACT);
  }

  @Test
  void crossEntropyLeavesIgnoredPixelsOut() {
    FeatureMap logits = fixture.map("cross_entropy/logits");
    double loss =
        SoftmaxCrossEntropy.lossAndGradient(logits, fixture.labels("cross_entropy/labels"));
    assertThat(loss)
        .isCloseTo(
            fixture.number("cross_entropy/output"), org.assertj.core.data.Offset.offset(1e-12));
    INDArray due =
        fixture
            .map("cross_entropy/grad/logits")
            .rows()
            .div(fixture.number("cross_entropy/grad/output"));
    Fixture.assertClose(logits.rows(), due, "cross_entropy/grad/logits", EXACT);
  }

  private void check(
      String name, BiFunction<ParameterStore, Buffers, Layer> make, List<String> parameters) {
    Buffers buffers = new Buffers(DataType.DOUBLE);
    ParameterStore store = new ParameterStore(DataType.DOUBLE);
    Layer layer = make.apply(store, buffers);
    store.allocate(true);
    parameters.forEach(p -> store.get("conv." + p).accept(fixture.array(name + "/" + p)));
    FeatureMap x = fixture.map(name + "/input");
    // Twice: a pooled buffer of the first pass must not leak into the second.
    for (int pass = 0; pass < 2; pass++) {
      store.gradient().assign(0);
      FeatureMap y = layer.forward(x, true);
      fixture.assertClose(y, name + "/output", EXACT);
      FeatureMap dx = layer.backward(fixture.map(name + "/grad/output", buffers), true);
      fixture.assertClose(dx, name + "/grad/input", EXACT);
      parameters.forEach(
          p ->
              fixture.assertClose(
                  store.get("conv." + p).publishGradient(), name + "/grad/" + p, EXACT));
      buffers.give(y);
      buffers.give(dx);
      assertThat(buffers.lentCount()).as("buffers still lent after " + name).isZero();
    }
  }
}
