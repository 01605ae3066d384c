package org.stylemining.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.nn.cpu.HostFloats;
import org.stylemining.nn.cpu.TileGrid;
import org.stylemining.nn.cpu.TileTransforms;

/**
 * A 3x3 convolution of any dilation, in float on a CPU, by Winograd's minimal filtering: about a
 * third of the products of the plain sums, in 16 or 25 matrix products over tiles of 2x2 or 3x3
 * outputs. The backward pass is the exact transpose of the forward one, and makes the weights'
 * gradient, which is the slowest part of a plain convolution, as cheap as the others.
 */
final class WinogradConvolution implements ConvolutionAlgorithm {
  private final Buffers buffers;
  private final Parameter weight;
  private final BiasRelu after;
  private final int in;
  private final int out;
  private final int dilation;
  private final int upsampling;
  private final boolean mirrored;
  private Tiling tiling;
  private FeatureMap input;

  /** All that depends on the extent of the images. */
  private record Tiling(
      int batch,
      int height,
      int width,
      TileGrid grid,
      TileTransforms transforms,
      Derived filters) {}

  /**
   * @param weight [3, 3, in, out]
   * @param upsampling 1, or 2 to double the image first, each pixel repeated
   */
  WinogradConvolution(
      Buffers buffers,
      Parameter weight,
      BiasRelu after,
      int dilation,
      Convolution.Padding border,
      int upsampling) {
    this.buffers = buffers;
    this.weight = weight;
    this.after = after;
    in = (int) weight.shape()[2];
    out = (int) weight.shape()[3];
    this.dilation = dilation;
    this.upsampling = upsampling;
    mirrored = border == Convolution.Padding.REFLECT;
  }

  /** Whether the transformed pixels of such images can be addressed. */
  boolean fits(FeatureMap x) {
    Tiling t = tilingOf(x);
    return (long) t.transforms.products() * t.grid.tiles() * Math.max(in, out) < HostFloats.LARGEST;
  }

  @Override
  public FeatureMap forward(FeatureMap x, boolean training) {
    Tiling t = tilingOf(x);
    INDArray pixels = transformed(t, x);
    INDArray products = take(t, out);
    multiply(t, pixels, false, filters(t), false, products);
    t.filters.release();
    buffers.give(pixels);
    FeatureMap y = buffers.map(x.batch(), upsampling * x.height(), upsampling * x.width(), out);
    t.transforms.results(t.grid, products, out, after.biasValues(), after.relu(), y.rows());
    buffers.give(products);
    after.done(y.rows(), training);
    input = training ? x : null;
    return y;
  }

  @Override
  public FeatureMap backward(FeatureMap dy, boolean inputGradient) {
    Tiling t = tiling;
    INDArray dProducts = take(t, out);
    t.transforms.resultGradient(t.grid, dy.rows(), out, dProducts);
    buffers.give(dy);
    if (weight.hasGradient()) {
      INDArray pixels = transformed(t, input);
      INDArray dFilters = buffers.take((long) t.transforms.products() * in, out);
      multiply(t, pixels, true, dProducts, false, dFilters);
      buffers.give(pixels);
      t.transforms.addFilterGradient(dFilters, in, out, weight.gradient());
      buffers.give(dFilters);
    }
    FeatureMap dx = null;
    if (inputGradient) {
      INDArray dPixels = take(t, in);
      multiply(t, dProducts, false, filters(t), true, dPixels);
      t.filters.release();
      dx = input.with(buffers.zeros(input.pixels(), in));
      t.transforms.addPixelGradient(t.grid, dPixels, in, dx.rows());
      buffers.give(dPixels);
    }
    buffers.give(dProducts);
    input = null;
    return dx;
  }

  @Override
  public String forwardName() {
    return "Winograd %1$dx%1$d".formatted(tiling.transforms.outputs());
  }

  @Override
  public String backwardName() {
    return forwardName();
  }

  private Tiling tilingOf(FeatureMap x) {
    if (tiling == null
        || tiling.batch != x.batch()
        || tiling.height != x.height()
        || tiling.width != x.width()) {
      if (tiling != null) {
        tiling.filters.close();
      }
      TileGrid two = grid(x, 2);
      TileGrid three = grid(x, 3);
      boolean smaller = cost(two, 16) <= cost(three, 25);
      TileTransforms transforms = new TileTransforms(smaller ? 2 : 3, buffers.lanes());
      tiling =
          new Tiling(
              x.batch(),
              x.height(),
              x.width(),
              smaller ? two : three,
              transforms,
              new Derived(
                  buffers,
                  weight,
                  (long) transforms.products() * in,
                  out,
                  u -> transforms.filters(weight.value(), in, out, u)));
    }
    return tiling;
  }

  /**
   * In units of one row of one product. A product of few rows runs slower, and transforming its
   * kernels costs as much as so many rows more (both measured at 256 channels).
   */
  private static long cost(TileGrid grid, long products) {
    return products * (grid.tiles() + 256L);
  }

  private TileGrid grid(FeatureMap x, int outputs) {
    return new TileGrid(
        x.batch(),
        upsampling * x.height(),
        upsampling * x.width(),
        dilation,
        upsampling,
        mirrored,
        outputs);
  }

  private INDArray transformed(Tiling t, FeatureMap x) {
    INDArray pixels = take(t, in);
    t.transforms.pixels(t.grid, x.rows(), in, pixels);
    return pixels;
  }

  private INDArray filters(Tiling t) {
    return t.filters.value();
  }

  private INDArray take(Tiling t, int channels) {
    return buffers.take((long) t.transforms.products() * t.grid.tiles(), channels);
  }

  /** For each of the products, c = a b, either transposed first where asked. */
  private void multiply(
      Tiling t, INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray c) {
    int n = t.transforms.products();
    INDArray[] left = buffers.slices(a, n);
    INDArray[] right = buffers.slices(b, n);
    INDArray[] results = buffers.slices(c, n);
    buffers
        .lanes()
        .forEachNative(
            n, i -> Kernels.multiply(left[i], transposeA, right[i], transposeB, results[i], 0));
  }
}
