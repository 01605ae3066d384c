package org.stylemining.nn.cpu;

/** The loops in plain Java. */
final class PlainLines implements Lines {
  @Override
  public void add(float[] x, int xAt, float[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] += x[xAt + i];
    }
  }

  @Override
  public void relu(float[] y, int at, int n) {
    for (int i = at; i < at + n; i++) {
      y[i] = Math.max(y[i], 0f);
    }
  }

  @Override
  public void mask(float[] gate, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = gate[i] > 0 ? y[i] : 0f;
    }
  }

  @Override
  public void affine(float[] x, int at, float[] scale, float[] offset, int n) {
    for (int i = 0; i < n; i++) {
      x[at + i] = Math.fma(scale[i], x[at + i], offset[i]);
    }
  }

  @Override
  public void twoAffine(float[] d, float[] x, int at, float[] g, float[] s, float[] o, int n) {
    for (int i = 0; i < n; i++) {
      d[at + i] = Math.fma(g[i], d[at + i], Math.fma(s[i], x[at + i], o[i]));
    }
  }

  @Override
  public void addMoments(float[] x, int at, float[] shift, float[] sum, float[] square, int n) {
    for (int i = 0; i < n; i++) {
      float d = x[at + i] - shift[i];
      sum[i] += d;
      square[i] = Math.fma(d, d, square[i]);
    }
  }

  @Override
  public void addProducts(
      float[] d, int at, float[] x, float[] mean, float[] sum, float[] product, int n) {
    for (int i = 0; i < n; i++) {
      float g = d[at + i];
      sum[i] += g;
      product[i] = Math.fma(g, x[at + i] - mean[i], product[i]);
    }
  }

  @Override
  public void combine(
      float[] factors, int[] lines, float[] in, int inAt, int inStep, float[] out, int o, int n) {
    for (int k = 0; k < lines.length; k++) {
      float factor = factors[k];
      int a = inAt + lines[k] * inStep;
      if (k == 0) {
        for (int c = 0; c < n; c++) {
          out[o + c] = factor * in[a + c];
        }
      } else {
        for (int c = 0; c < n; c++) {
          out[o + c] = Math.fma(factor, in[a + c], out[o + c]);
        }
      }
    }
  }

  @Override
  public void descend(
      float[] theta, float[] g, float[] v, float momentum, float decay, float rate, int n) {
    for (int i = 0; i < n; i++) {
      float step = Math.fma(decay, theta[i], g[i]);
      if (v != null) {
        step = Math.fma(momentum, v[i], step);
        v[i] = step;
      }
      theta[i] = Math.fma(-rate, step, theta[i]);
    }
  }
}
