package org.stylemining.task;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.nn.Kernels;

/**
 * The consistency loss, Eq. 7: L = 1/N sum_i ||z_i - mean z||_2 over N images of the same content
 * in different styles, averaged over contents.
 */
public final class Consistency {
  private Consistency() {}

  /**
   * @param loss L, without its weight
   * @param gradient lambda * dL/dz, the caller's to give back
   */
  public record Result(double loss, FeatureMap gradient) {}

  /**
   * @param z features [styles * contents, h, w, C], ordered by style: image s * contents + c is
   *     content c in style s
   * @param contents number of different contents
   * @param lambda weight of the loss in the gradient
   */
  public static Result of(FeatureMap z, int contents, double lambda, Buffers buffers) {
    int styles = z.batch() / contents;
    if (styles * contents != z.batch()) {
      throw new IllegalArgumentException(
          "%d images are not a multiple of %d contents".formatted(z.batch(), contents));
    }
    FeatureMap gradient = z.with(buffers.zeros(z.pixels(), z.channels()));
    INDArray mean = buffers.take(z.imagePixels(), z.channels());
    INDArray unit = buffers.take(z.imagePixels(), z.channels());
    double total = 0;
    for (int c = 0; c < contents; c++) {
      Kernels.zero(mean);
      for (int s = 0; s < styles; s++) {
        mean.addi(z.image(s * contents + c).rows());
      }
      mean.divi(styles);
      // d/dz_j of sum_i ||d_i||, d_i = z_i - mean: u_j - mean_i u_i, u_i = d_i / ||d_i||
      double weight = lambda / (styles * contents);
      INDArray[] units = new INDArray[styles];
      INDArray sum = buffers.zeros(z.imagePixels(), z.channels());
      for (int s = 0; s < styles; s++) {
        INDArray g = gradient.image(s * contents + c).rows();
        unit.assign(z.image(s * contents + c).rows()).subi(mean);
        double norm = unit.norm2Number().doubleValue();
        total += norm / (styles * contents);
        if (norm > 0) {
          g.assign(unit).muli(weight / norm);
        }
        sum.addi(g);
        units[s] = g;
      }
      sum.divi(styles);
      Arrays.stream(units).forEach(g -> g.subi(sum));
      buffers.give(sum);
    }
    buffers.give(mean);
    buffers.give(unit);
    return new Result(total, gradient);
  }
}
