package org.stylemining.doctor;

import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.Convolution;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.HostValues;
import org.stylemining.nn.Layer;
import org.stylemining.nn.Parameter;
import org.stylemining.nn.ParameterStore;

/**
 * A convolution layer in float, forward and backward, against the same sums in Java's doubles.
 *
 * @param kernel width and height
 * @param stride of the output
 * @param dilation of the kernel
 */
record ConvolutionCheck(int kernel, int stride, int dilation) {
  private static final double TOLERANCE = 1e-3;
  private static final int BATCH = 2;
  private static final int HEIGHT = 13;
  private static final int WIDTH = 18;
  private static final int IN = 5;
  private static final int OUT = 7;
  private static final String WEIGHT = "convolution.weight";

  String name() {
    return "convolution %dx%d"
        .formatted(kernel, kernel)
        .concat(stride > 1 ? ", stride " + stride : "")
        .concat(dilation > 1 ? ", dilation " + dilation : "");
  }

  Check run(String where, String remedy) {
    String name = name() + where;
    return Check.attempt(name, remedy, () -> compare(name, remedy));
  }

  private Check compare(String name, String remedy) {
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        ParameterStore store = new ParameterStore(DataType.FLOAT)) {
      Layer layer =
          Convolution.same(
              store,
              buffers,
              "convolution",
              IN,
              OUT,
              kernel,
              stride,
              dilation,
              Convolution.Padding.ZERO,
              Convolution.Options.BARE);
      store.allocate(true);
      Parameter weight = store.get(WEIGHT);
      float[] w = Formula.values("w", OUT * IN * kernel * kernel, 0.5);
      weight.accept(Nd4j.createFromArray(w).reshape('c', weight.publishedShape()));
      float[] x = Formula.values("x", BATCH * HEIGHT * WIDTH * IN, 1);
      FeatureMap input = buffers.map(BATCH, HEIGHT, WIDTH, IN);
      new HostValues(input.rows()).put(x);

      FeatureMap y = layer.forward(input, true);
      double forward = Comparison.relative(Comparison.values(y.rows()), expectedForward(x, w));
      float[] d = Formula.values("dy", BATCH * height() * width() * OUT, 1);
      new HostValues(y.rows()).put(d);
      FeatureMap dx = layer.backward(y, true);
      double[] inputs = new double[x.length];
      double[] weights = new double[w.length];
      expectedBackward(x, w, d, inputs, weights);
      double backward =
          Math.max(
              Comparison.relative(Comparison.values(dx.rows()), inputs),
              Comparison.relative(Comparison.values(weight.publishGradient()), weights));
      return Check.of(
          name,
          forward <= TOLERANCE && backward <= TOLERANCE,
          String.format(
              Locale.ROOT,
              "off by %.0e forward, %.0e backward, of at most %.0e",
              forward,
              backward,
              TOLERANCE),
          remedy);
    }
  }

  private int height() {
    return (HEIGHT - 1) / stride + 1;
  }

  private int width() {
    return (WIDTH - 1) / stride + 1;
  }

  private double[] expectedForward(float[] x, float[] w) {
    double[] y = new double[BATCH * height() * width() * OUT];
    forEachTerm((iy, ix, iw) -> y[iy] += (double) x[ix] * w[iw]);
    return y;
  }

  private void expectedBackward(float[] x, float[] w, float[] dy, double[] dx, double[] dw) {
    forEachTerm(
        (iy, ix, iw) -> {
          dx[ix] += (double) dy[iy] * w[iw];
          dw[iw] += (double) dy[iy] * x[ix];
        });
  }

  /** One product of the convolution's sums: indices into y, x [B, H, W, C] and w [O, C, k, k]. */
  private interface Term {
    void at(int y, int x, int w);
  }

  private void forEachTerm(Term term) {
    int border = kernel / 2 * dilation;
    for (int p = 0; p < BATCH * height() * width(); p++) {
      int image = p / (height() * width());
      int row = p / width() % height();
      int column = p % width();
      for (int tap = 0; tap < kernel * kernel; tap++) {
        int r = row * stride - border + tap / kernel * dilation;
        int c = column * stride - border + tap % kernel * dilation;
        if (r < 0 || r >= HEIGHT || c < 0 || c >= WIDTH) {
          continue;
        }
        int pixel = ((image * HEIGHT + r) * WIDTH + c) * IN;
        for (int o = 0; o < OUT; o++) {
          for (int i = 0; i < IN; i++) {
            term.at(p * OUT + o, pixel + i, (o * IN + i) * kernel * kernel + tap);
          }
        }
      }
    }
  }
}
