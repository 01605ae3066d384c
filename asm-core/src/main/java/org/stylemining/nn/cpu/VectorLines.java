package org.stylemining.nn.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops with the widest vector instructions that the CPU has. Needs {@code --add-modules
 * jdk.incubator.vector}; what is left at a line's end is done plainly.
 */
final class VectorLines implements Lines {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int STEP = S.length();
  private static final PlainLines PLAIN = new PlainLines();

  private static FloatVector at(float[] a, int i) {
    return FloatVector.fromArray(S, a, i);
  }

  @Override
  public void add(float[] x, int xAt, float[] y, int yAt, int n) {
    int i = 0;
    for (; i <= n - STEP; i += STEP) {
      at(y, yAt + i).add(at(x, xAt + i)).intoArray(y, yAt + i);
    }
    PLAIN.add(x, xAt + i, y, yAt + i, n - i);
  }

  @Override
  public void relu(float[] y, int at, int n) {
    FloatVector zero = FloatVector.zero(S);
    int i = 0;
    for (; i <= n - STEP; i += STEP) {
      at(y, at + i).max(zero).intoArray(y, at + i);
    }
    PLAIN.relu(y, at + i, n - i);
  }

  @Override
  public void mask(float[] gate, float[] y, int n) {
    FloatVector zero = FloatVector.zero(S);
    int i = 0;
    for (; i <= n - STEP; i += STEP) {
      zero.blend(at(y, i), at(gate, i).compare(VectorOperators.GT, 0f)).intoArray(y, i);
    }
    for (; i < n; i++) {
      y[i] = gate[i] > 0 ? y[i] : 0f;
    }
  }

  @Override
  public void affine(float[] x, int at, float[] scale, float[] offset, int n) {
    int i = 0;
    for (; i <= n - STEP; i += STEP) {
      at(scale, i).fma(at(x, at + i), at(offset, i)).intoArray(x, at + i);
    }
    for (; i < n; i++) {
      x[at + i] = Math.fma(scale[i], x[at + i], offset[i]);
    }
  }

  @Override
  public void twoAffine(float[] d, float[] x, int at, float[] g, float[] s, float[] o, int n) {
    int i = 0;
    for (; i <= n - STEP; i += STEP) {
      at(g, i).fma(at(d, at + i), at(s, i).fma(at(x, at + i), at(o, i))).intoArray(d, at + i);
    }
    for (; i < n; i++) {
      d[at + i] = Math.fma(g[i], d[at + i], Math.fma(s[i], x[at + i], o[i]));
    }
  }

  @Override
  public void addMoments(float[] x, int at, float[] shift, float[] sum, float[] square, int n) {
    int i = 0;
    for (; i <= n - STEP; i += STEP) {
      FloatVector d = at(x, at + i).sub(at(shift, i));
      at(sum, i).add(d).intoArray(sum, i);
      d.fma(d, at(square, i)).intoArray(square, i);
    }
    for (; i < n; i++) {
      float d = x[at + i] - shift[i];
      sum[i] += d;
      square[i] = Math.fma(d, d, square[i]);
    }
  }

  @Override
  public void addProducts(
      float[] d, int at, float[] x, float[] mean, float[] sum, float[] product, int n) {
    int i = 0;
    for (; i <= n - STEP; i += STEP) {
      FloatVector g = at(d, at + i);
      at(sum, i).add(g).intoArray(sum, i);
      g.fma(at(x, at + i).sub(at(mean, i)), at(product, i)).intoArray(product, i);
    }
    for (; i < n; i++) {
      float g = d[at + i];
      sum[i] += g;
      product[i] = Math.fma(g, x[at + i] - mean[i], product[i]);
    }
  }

  @Override
  public void combine(
      float[] factors, int[] lines, float[] in, int inAt, int inStep, float[] out, int o, int n) {
    int done =
        switch (lines.length) {
          case 1 -> combine1(in, inAt + lines[0] * inStep, factors[0], out, o, n);
          case 2 ->
              combine2(
                  in,
                  inAt + lines[0] * inStep,
                  factors[0],
                  inAt + lines[1] * inStep,
                  factors[1],
                  out,
                  o,
                  n);
          case 3 ->
              combine3(
                  in,
                  inAt + lines[0] * inStep,
                  factors[0],
                  inAt + lines[1] * inStep,
                  factors[1],
                  inAt + lines[2] * inStep,
                  factors[2],
                  out,
                  o,
                  n);
          case 4 ->
              combine4(
                  in,
                  inAt + lines[0] * inStep,
                  factors[0],
                  inAt + lines[1] * inStep,
                  factors[1],
                  inAt + lines[2] * inStep,
                  factors[2],
                  inAt + lines[3] * inStep,
                  factors[3],
                  out,
                  o,
                  n);
          case 5 ->
              combine5(
                  in,
                  inAt + lines[0] * inStep,
                  factors[0],
                  inAt + lines[1] * inStep,
                  factors[1],
                  inAt + lines[2] * inStep,
                  factors[2],
                  inAt + lines[3] * inStep,
                  factors[3],
                  inAt + lines[4] * inStep,
                  factors[4],
                  out,
                  o,
                  n);
          default -> 0;
        };
    if (done < n) {
      PLAIN.combine(factors, lines, in, inAt + done, inStep, out, o + done, n - done);
    }
  }

  private static int combine1(float[] in, int a0, float f0, float[] out, int o, int n) {
    FloatVector m0 = FloatVector.broadcast(S, f0);
    int c = 0;
    for (; c <= n - STEP; c += STEP) {
      at(in, a0 + c).mul(m0).intoArray(out, o + c);
    }
    return c;
  }

  private static int combine2(
      float[] in, int a0, float f0, int a1, float f1, float[] out, int o, int n) {
    FloatVector m0 = FloatVector.broadcast(S, f0);
    FloatVector m1 = FloatVector.broadcast(S, f1);
    int c = 0;
    for (; c <= n - STEP; c += STEP) {
      at(in, a1 + c).fma(m1, at(in, a0 + c).mul(m0)).intoArray(out, o + c);
    }
    return c;
  }

  private static int combine3(
      float[] in, int a0, float f0, int a1, float f1, int a2, float f2, float[] out, int o, int n) {
    FloatVector m0 = FloatVector.broadcast(S, f0);
    FloatVector m1 = FloatVector.broadcast(S, f1);
    FloatVector m2 = FloatVector.broadcast(S, f2);
    int c = 0;
    for (; c <= n - STEP; c += STEP) {
      at(in, a2 + c).fma(m2, at(in, a1 + c).fma(m1, at(in, a0 + c).mul(m0))).intoArray(out, o + c);
    }
    return c;
  }

  private static int combine4(
      float[] in,
      int a0,
      float f0,
      int a1,
      float f1,
      int a2,
      float f2,
      int a3,
      float f3,
      float[] out,
      int o,
      int n) {
    FloatVector m0 = FloatVector.broadcast(S, f0);
    FloatVector m1 = FloatVector.broadcast(S, f1);
    FloatVector m2 = FloatVector.broadcast(S, f2);
    FloatVector m3 = FloatVector.broadcast(S, f3);
    int c = 0;
    for (; c <= n - STEP; c += STEP) {
      at(in, a3 + c)
          .fma(m3, at(in, a2 + c).fma(m2, at(in, a1 + c).fma(m1, at(in, a0 + c).mul(m0))))
          .intoArray(out, o + c);
    }
    return c;
  }

  private static int combine5(
      float[] in,
      int a0,
      float f0,
      int a1,
      float f1,
      int a2,
      float f2,
      int a3,
      float f3,
      int a4,
      float f4,
      float[] out,
      int o,
      int n) {
    FloatVector m0 = FloatVector.broadcast(S, f0);
    FloatVector m1 = FloatVector.broadcast(S, f1);
    FloatVector m2 = FloatVector.broadcast(S, f2);
    FloatVector m3 = FloatVector.broadcast(S, f3);
    FloatVector m4 = FloatVector.broadcast(S, f4);
    int c = 0;
    for (; c <= n - STEP; c += STEP) {
      at(in, a4 + c)
          .fma(
              m4,
              at(in, a3 + c)
                  .fma(m3, at(in, a2 + c).fma(m2, at(in, a1 + c).fma(m1, at(in, a0 + c).mul(m0)))))
          .intoArray(out, o + c);
    }
    return c;
  }

  private static FloatVector times(FloatVector a, float factor, FloatVector sum) {
    return a.fma(FloatVector.broadcast(S, factor), sum);
  }

  @Override
  public void descend(
      float[] theta, float[] g, float[] v, float momentum, float decay, float rate, int n) {
    int i = 0;
    if (v != null) {
      for (; i <= n - STEP; i += STEP) {
        FloatVector t = at(theta, i);
        FloatVector step = times(at(v, i), momentum, times(t, decay, at(g, i)));
        step.intoArray(v, i);
        times(step, -rate, t).intoArray(theta, i);
      }
    } else {
      for (; i <= n - STEP; i += STEP) {
        FloatVector t = at(theta, i);
        times(times(t, decay, at(g, i)), -rate, t).intoArray(theta, i);
      }
    }
    for (; i < n; i++) {
      float step = Math.fma(decay, theta[i], g[i]);
      if (v != null) {
        step = Math.fma(momentum, v[i], step);
        v[i] = step;
      }
      theta[i] = Math.fma(-rate, step, theta[i]);
    }
  }
}
