package org.stylemining.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The bootstrap over scored images and seeds (Efron, 1979): what scores methods would have had with
 * other images and other seeds like these. Images and seeds are drawn independently of each other
 * (Owen, The pigeonhole bootstrap, 2007), and all methods are scored on the same draws, so that
 * differences between them are paired.
 *
 * <p>Neighbouring frames of a drive are much the same image. Drawing them one by one would take
 * them for independent and give intervals that are too narrow; so images may be drawn in blocks of
 * neighbours, around the end of the list (circular block bootstrap, Politis and Romano, 1992).
 *
 * @param resamples number of draws
 * @param block images drawn together
 * @param seed of the draws
 */
public record PairedBootstrap(int resamples, int block, long seed) {
  private static final double TAIL = 0.025;

  public PairedBootstrap {
    if (resamples < 1 || block < 1) {
      throw new IllegalArgumentException(
          "expected at least one resample and blocks of at least one image, found %d and %d"
              .formatted(resamples, block));
    }
  }

  /**
   * The scores of networks on resampled sets.
   *
   * @param networks each one's matrices of the same images in the same order
   * @param scored train ids of the classes that count
   * @return [networks][resamples]; NaN where a resampled set shows none of the classes
   */
  double[][] scores(Measure measure, List<List<ImageMatrix>> networks, int[] scored) {
    List<String> names = ImageMatrix.names(networks.get(0));
    List<long[][]> counts = new ArrayList<>();
    for (List<ImageMatrix> network : networks) {
      if (!ImageMatrix.names(network).equals(names)) {
        throw new IllegalArgumentException("expected the same images of all networks");
      }
      counts.add(
          network.stream()
              .map(image -> Measure.counts(image.matrix(), scored))
              .toArray(long[][]::new));
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[][] scores = new double[networks.size()][resamples];
    int[] times = new int[names.size()];
    for (int r = 0; r < resamples; r++) {
      draw(times, random);
      for (int n = 0; n < scores.length; n++) {
        scores[n][r] = measure.of(sum(counts.get(n), times));
      }
    }
    return scores;
  }

  /**
   * The mean over seeds, which are drawn anew for every resampled set; the draws are the same for
   * whatever has as many seeds.
   *
   * @param bySeed scores [seeds][resamples]
   * @return [resamples]; none where there is no seed
   */
  double[] overSeeds(List<double[]> bySeed) {
    if (bySeed.isEmpty()) {
      return new double[0];
    }
    SplittableRandom random = new SplittableRandom(seed + 1);
    double[] means = new double[resamples];
    for (int r = 0; r < resamples; r++) {
      for (int i = 0; i < bySeed.size(); i++) {
        means[r] += bySeed.get(random.nextInt(bySeed.size()))[r] / bySeed.size();
      }
    }
    return means;
  }

  private void draw(int[] times, SplittableRandom random) {
    Arrays.fill(times, 0);
    int left = times.length;
    while (left > 0) {
      int from = random.nextInt(times.length);
      for (int i = 0; i < block && left > 0; i++, left--) {
        times[(from + i) % times.length]++;
      }
    }
  }

  private static long[] sum(long[][] images, int[] times) {
    long[] sum = new long[images[0].length];
    for (int i = 0; i < images.length; i++) {
      if (times[i] > 0) {
        for (int k = 0; k < sum.length; k++) {
          sum[k] += times[i] * images[i][k];
        }
      }
    }
    return sum;
  }

  /** The interval that holds the middle 95% of values; of no finite value none. */
  static Interval interval(double[] values) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      return new Interval(Double.NaN, Double.NaN);
    }
    return new Interval(quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
  }

  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
