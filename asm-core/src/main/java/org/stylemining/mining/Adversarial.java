package org.stylemining.mining;

/** Alg. 1: a first code from the anchor, then eps + beta dL/deps. */
record Adversarial(Sampled start, MiningStep step) implements SamplingStrategy {

  @Override
  public Codes next(
      long[] positions, int miningStep, Codes previous, double[][] gradient, double loss) {
    if (miningStep == 0) {
      return start.next(positions, 0, null, null, 0);
    }
    double[][] eps = new double[positions.length][];
    for (int b = 0; b < eps.length; b++) {
      double beta = step.factor(gradient[b], loss, previous.noiseLength()[b]);
      eps[b] = previous.eps()[b].clone();
      for (int i = 0; i < eps[b].length; i++) {
        eps[b][i] += beta * gradient[b][i];
      }
    }
    return new Codes(eps, previous.centre(), previous.noiseLength());
  }

  @Override
  public boolean usesGradient(int miningStep, int depth) {
    return miningStep + 1 < depth;
  }
}
