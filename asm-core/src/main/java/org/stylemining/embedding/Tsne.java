package org.stylemining.embedding;

import java.util.Arrays;
import java.util.Random;

/**
 * t-SNE (van der Maaten and Hinton, <i>Visualizing Data using t-SNE</i>, JMLR 9, 2008): positions
 * y_i in the plane whose similarities q_ij = (1 + ||y_i - y_j||^2)^-1 / sum are like those of the
 * vectors, by gradient descent on KL(P || Q). Exact: time and memory grow with the square of the
 * number of vectors.
 *
 * <p>Nearby points are alike; distances between groups, and the groups' sizes, mean little.
 */
public final class Tsne {
  /** Vectors that are laid out in seconds to a minute. */
  public static final int MOST_VECTORS = 2000;

  /** With fewer there are no neighbourhoods to show. */
  public static final int FEWEST_VECTORS = 10;

  /** Early exaggeration, and for how long: van der Maaten, JMLR 15, 2014, section 3.4. */
  private static final double EXAGGERATION = 12;

  private static final int EXAGGERATED = 250;
  private static final double EARLY_MOMENTUM = 0.5;
  private static final double MOMENTUM = 0.8;

  /** Learning rate: n / exaggeration, but no less than this (Belkina et al., 2019), over 4. */
  private static final double LEAST_RATE = 50;

  private static final double LEAST_GAIN = 0.01;
  private static final double START_DEVIATION = 1e-4;

  private Tsne() {}

  /**
   * How to lay out.
   *
   * @param perplexity about how many neighbours each vector has; made smaller where there are not
   *     more than three times as many vectors
   * @param iterations of gradient descent
   * @param seed of the positions that it starts from; the same seed gives the same layout
   */
  public record Options(double perplexity, int iterations, long seed) {
    public Options {
      if (!(perplexity >= 1) || iterations < 1) {
        throw new IllegalArgumentException(
            "expected a perplexity >= 1 and an iteration at least, found %s and %d"
                .formatted(perplexity, iterations));
      }
    }

    /** As they are usual: perplexity 30, 1000 iterations. */
    public static Options usual(long seed) {
      return new Options(30, 1000, seed);
    }
  }

  /**
   * A layout.
   *
   * @param points [n][2], their mean 0
   * @param perplexity that was used
   * @param divergence KL(P || Q) in nats at its end
   */
  public record Layout(double[][] points, double perplexity, double divergence) {}

  /**
   * Lays vectors out.
   *
   * @param vectors [n][d], of {@link #FEWEST_VECTORS} to {@link #MOST_VECTORS}
   * @throws IllegalArgumentException where there are fewer or more, or values that are not finite
   */
  public static Layout of(double[][] vectors, Options options) {
    int n = vectors.length;
    if (n < FEWEST_VECTORS || n > MOST_VECTORS) {
      throw new IllegalArgumentException(
          "t-SNE: expected %d to %d vectors, found %d".formatted(FEWEST_VECTORS, MOST_VECTORS, n));
    }
    for (int i = 0; i < n; i++) {
      for (double value : vectors[i]) {
        if (!Double.isFinite(value) || vectors[i].length != vectors[0].length) {
          throw new IllegalArgumentException(
              "t-SNE: expected vectors of %d finite values, found another at %d"
                  .formatted(vectors[0].length, i));
        }
      }
    }
    double perplexity = Math.min(options.perplexity(), (n - 1) / 3.0);
    Descent descent = new Descent(Affinities.of(vectors, perplexity), n, options.seed());
    for (int i = 0; i < options.iterations(); i++) {
      boolean early = i < Math.min(EXAGGERATED, options.iterations() / 2);
      descent.step(early ? EXAGGERATION : 1, early ? EARLY_MOMENTUM : MOMENTUM);
    }
    return new Layout(descent.y, perplexity, descent.divergence());
  }

  /** Positions and what moves them. */
  private static final class Descent {
    private final double[] p;
    private final double[][] y;
    private final double[][] gradient;
    private final double[][] speed;
    private final double[][] gains;
    private final double[] kernel;
    private final double rate;

    Descent(double[] p, int n, long seed) {
      this.p = p;
      y = new double[n][2];
      gradient = new double[n][2];
      speed = new double[n][2];
      gains = new double[n][2];
      kernel = new double[p.length];
      rate = Math.max(n / EXAGGERATION / 4, LEAST_RATE);
      Random random = new Random(seed);
      for (int i = 0; i < n; i++) {
        y[i][0] = START_DEVIATION * random.nextGaussian();
        y[i][1] = START_DEVIATION * random.nextGaussian();
        Arrays.fill(gains[i], 1);
      }
    }

    /** The kernel (1 + ||y_i - y_j||^2)^-1 of all pairs, and its sum over ordered ones. */
    private double kernel() {
      double sum = 0;
      for (int i = 1, at = 0; i < y.length; i++) {
        for (int j = 0; j < i; j++, at++) {
          kernel[at] = 1 / (1 + Affinities.square(y[i], y[j]));
          sum += kernel[at];
        }
      }
      return 2 * sum;
    }

    /** Eq. 5: dC/dy_i = 4 sum_j (p_ij - q_ij) (y_i - y_j) (1 + ||y_i - y_j||^2)^-1. */
    private void gradient(double exaggeration) {
      double sum = kernel();
      for (double[] row : gradient) {
        Arrays.fill(row, 0);
      }
      for (int i = 1, at = 0; i < y.length; i++) {
        for (int j = 0; j < i; j++, at++) {
          double force = 4 * (exaggeration * p[at] - kernel[at] / sum) * kernel[at];
          for (int k = 0; k < 2; k++) {
            double pull = force * (y[i][k] - y[j][k]);
            gradient[i][k] += pull;
            gradient[j][k] -= pull;
          }
        }
      }
    }

    /** A step with momentum and a rate of each coordinate's own (Jacobs, 1988). */
    void step(double exaggeration, double momentum) {
      gradient(exaggeration);
      double[] mean = new double[2];
      for (int i = 0; i < y.length; i++) {
        for (int k = 0; k < 2; k++) {
          boolean turns = gradient[i][k] > 0 == speed[i][k] > 0;
          gains[i][k] = Math.max(LEAST_GAIN, turns ? 0.8 * gains[i][k] : gains[i][k] + 0.2);
          speed[i][k] = momentum * speed[i][k] - rate * gains[i][k] * gradient[i][k];
          y[i][k] += speed[i][k];
          mean[k] += y[i][k] / y.length;
        }
      }
      for (double[] point : y) {
        point[0] -= mean[0];
        point[1] -= mean[1];
      }
    }

    double divergence() {
      double sum = kernel();
      double divergence = 0;
      for (int at = 0; at < p.length; at++) {
        if (p[at] > 0) {
          divergence += 2 * p[at] * Math.log(p[at] * sum / kernel[at]);
        }
      }
      return divergence;
    }
  }
}
