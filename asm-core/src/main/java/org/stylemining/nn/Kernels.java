package org.stylemining.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The few array operations that the layers are made of, in the forms that run fast. */
public final class Kernels {
  private Kernels() {}

  /**
   * c = a b + beta c, each operand transposed first where asked. c must be 'c'-ordered: else the
   * product leaves oneDNN.
   */
  public static void multiply(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray c, double beta) {
    Nd4j.exec(
        DynamicCustomOp.builder("matmul")
            .addInputs(a, b)
            .addOutputs(c)
            .addFloatingPointArguments(1.0, beta)
            .addIntegerArguments(transposeA ? 1 : 0, transposeB ? 1 : 0, 0)
            .build());
  }

  /** c = a b. */
  public static void multiply(INDArray a, INDArray b, INDArray c) {
    multiply(a, false, b, false, c, 0);
  }

  /** dw += x^T dy, the product taken on the narrower side, where it is faster. */
  public static void addWeightGradient(INDArray x, INDArray dy, INDArray dw, Buffers buffers) {
    long in = x.size(1);
    long out = dy.size(1);
    if (in <= out) {
      multiply(x, true, dy, false, dw, 1);
    } else {
      INDArray transposed = buffers.take(out, in);
      multiply(dy, true, x, false, transposed, 0);
      dw.addi(transposed.transpose());
      buffers.give(transposed);
    }
  }

  /** Sums over the rows of x [P, C] as a new detached vector [C]. */
  public static INDArray columnSums(INDArray x, Buffers buffers) {
    INDArray sums = Nd4j.createUninitializedDetached(buffers.type(), 1, x.size(1));
    multiply(buffers.ones(x.size(0)), false, x, false, sums, 0);
    return sums.reshape(x.size(1));
  }

  /**
   * out = (x - mean) / sqrt(variance + epsilon) * scale + shift, per column, in one pass; out may
   * be x.
   *
   * @param x [P, C]; the vectors are [C]
   */
  public static void affine(
      INDArray x,
      INDArray mean,
      INDArray variance,
      double epsilon,
      INDArray scale,
      INDArray shift,
      INDArray out) {
    long p = x.size(0);
    long c = x.size(1);
    Nd4j.exec(
        DynamicCustomOp.builder("batchnorm")
            .addInputs(x.reshape('c', 1, p, 1, c), mean, variance, scale, shift)
            .addOutputs(out.reshape('c', 1, p, 1, c))
            .addIntegerArguments(1, 1, 3)
            .addFloatingPointArguments(epsilon)
            .build());
  }

  /** y += bias, per column. */
  static void addBias(INDArray y, INDArray bias, Buffers buffers) {
    long c = y.size(1);
    affine(y, buffers.zeroVector(c), buffers.oneVector(c), 0, buffers.oneVector(c), bias, y);
  }

  /** out = x - mean, per column; out may be x. */
  public static void center(INDArray x, INDArray mean, INDArray out, Buffers buffers) {
    long c = x.size(1);
    affine(x, mean, buffers.oneVector(c), 0, buffers.oneVector(c), buffers.zeroVector(c), out);
  }

  /** x *= factor, per column. */
  public static void scale(INDArray x, INDArray factor, Buffers buffers) {
    long c = x.size(1);
    affine(x, buffers.zeroVector(c), buffers.oneVector(c), 0, factor, buffers.zeroVector(c), x);
  }

  /** y = max(y, 0) in place. */
  public static void relu(INDArray y) {
    Nd4j.exec(
        DynamicCustomOp.builder("relu")
            .addInputs(y)
            .addOutputs(y)
            .addFloatingPointArguments(0.0)
            .build());
  }

  /**
   * dy = dy where y > 0, else 0, in place; y (a ReLU's output) becomes its sign and is of no use
   * afterwards.
   */
  public static void reluBackward(INDArray y, INDArray dy) {
    Nd4j.exec(new Sign(y, y));
    dy.muli(y);
  }

  public static void zero(INDArray a) {
    a.assign(0);
  }

  /**
   * A view of an array. (INDArray.get would do, but on a view that does not start at its buffer's
   * beginning it takes indices beyond the view's length for empty ones, in ND4J 1.0.0-M2.1.)
   *
   * @param offset of the view's first element from the array's first, in elements
   */
  private static INDArray view(INDArray a, long offset, long[] shape, long[] stride) {
    return Nd4j.create(a.data(), shape, stride, a.offset() + offset, 'c');
  }

  /** Values {@code from} to {@code from + length - 1} of a vector [n], a view. */
  public static INDArray range(INDArray vector, long from, long length) {
    return view(vector, from, new long[] {length}, new long[] {1});
  }

  /** The first values of a vector [n] as a matrix, a view. */
  static INDArray matrix(INDArray vector, long rows, long columns) {
    return view(vector, 0, new long[] {rows, columns}, new long[] {columns, 1});
  }

  /** Rows {@code from} to {@code from + count - 1}, a view. */
  public static INDArray rows(INDArray a, long from, long count) {
    return view(
        a,
        from * a.stride(0),
        new long[] {count, a.size(1)},
        new long[] {a.stride(0), a.stride(1)});
  }

  /** Columns {@code from} to {@code from + count - 1}, a view. */
  public static INDArray columns(INDArray a, long from, long count) {
    return view(
        a,
        from * a.stride(1),
        new long[] {a.size(0), count},
        new long[] {a.stride(0), a.stride(1)});
  }

  /** The window of a [B, H, W, C] at rows y.. and columns x.., a view. */
  public static INDArray window(INDArray cube, long y, long x, long height, long width) {
    return window(cube, y, x, height, width, 0, cube.size(3));
  }

  /** The window of a [B, H, W, C] at rows y.., columns x.. and channels c.., a view. */
  public static INDArray window(
      INDArray cube, long y, long x, long height, long width, long c, long channels) {
    return view(
        cube,
        y * cube.stride(1) + x * cube.stride(2) + c * cube.stride(3),
        new long[] {cube.size(0), height, width, channels},
        cube.stride());
  }

  /** Every {@code step}-th pixel of [B, H, W, C] from (y, x), a view. */
  static INDArray subsample(INDArray cube, int y, int x, int step) {
    long[] s = cube.stride();
    return view(
        cube,
        y * s[1] + x * s[2],
        new long[] {
          cube.size(0),
          (cube.size(1) - y + step - 1) / step,
          (cube.size(2) - x + step - 1) / step,
          cube.size(3)
        },
        new long[] {s[0], step * s[1], step * s[2], s[3]});
  }

  /** Square root, a new array. */
  public static INDArray squareRoot(INDArray a) {
    return Transforms.sqrt(a, true);
  }
}
