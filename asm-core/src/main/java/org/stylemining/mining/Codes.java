package org.stylemining.mining;

/**
 * Codes of one batch's styles.
 *
 * @param eps [images][L]
 * @param centre [images][L], the psi they were drawn around
 * @param noiseLength per image, ||eps - centre|| when drawn
 */
public record Codes(double[][] eps, double[][] centre, double[] noiseLength) {

  /** Mean over the images of ||eps - psi||. */
  public double meanDistance() {
    double sum = 0;
    for (int b = 0; b < eps.length; b++) {
      sum += distance(eps[b], centre[b]);
    }
    return sum / eps.length;
  }

  /** Mean over the images of ||n * xi||. */
  public double meanNoise() {
    double sum = 0;
    for (double n : noiseLength) {
      sum += n;
    }
    return sum / noiseLength.length;
  }

  static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
