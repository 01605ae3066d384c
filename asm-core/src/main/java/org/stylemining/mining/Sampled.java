package org.stylemining.mining;

/** Codes drawn around the anchors, or around nothing. */
record Sampled(StyleAnchor anchor, Noise noise, boolean unanchored) implements SamplingStrategy {

  @Override
  public Codes next(
      long[] positions, int miningStep, Codes previous, double[][] gradient, double loss) {
    int n = positions.length;
    int latent = anchor.latent();
    double[][] eps = new double[n][];
    double[][] centre = new double[n][];
    double[] length = new double[n];
    for (int b = 0; b < n; b++) {
      int k = noise.choice(positions[b], anchor.size());
      double[] drawn = noise.normal(positions[b], miningStep, latent);
      eps[b] = new double[latent];
      centre[b] = new double[latent];
      for (int i = 0; i < latent; i++) {
        double psi = anchor.psi().get(k)[i];
        centre[b][i] = unanchored ? 0 : psi;
        eps[b][i] = unanchored ? drawn[i] : psi + drawn[i] * anchor.xi().get(k)[i];
      }
      length[b] = Codes.distance(eps[b], centre[b]);
    }
    return new Codes(eps, centre, length);
  }

  @Override
  public boolean usesGradient(int miningStep, int depth) {
    return false;
  }
}
