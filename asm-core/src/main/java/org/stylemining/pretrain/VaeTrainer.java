package org.stylemining.pretrain;

import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.adapt.Optimizer;
import org.stylemining.config.OptimizerKind;
import org.stylemining.config.StyleBankConfig;
import org.stylemining.nn.Buffers;
import org.stylemining.style.Rain;
import org.stylemining.style.StyleVae;

/**
 * Trains the auto-encoder on a bank of style vectors, standardised per dimension: mean squared
 * error of the reconstruction plus a weighted L_KL, Adam with a linearly falling rate.
 */
final class VaeTrainer {
  private static final Optimizer ADAM = new Optimizer(OptimizerKind.ADAM, 0, 0, 1);

  /** Added to deviations, so that a dimension that never varies does not divide by zero. */
  private static final double DEVIATION_FLOOR = 1e-3;

  private final Rain rain;
  private final StyleBankConfig config;

  VaeTrainer(Rain rain, StyleBankConfig config) {
    this.rain = rain;
    this.config = config;
  }

  /** Trains on the bank; gives the reconstruction loss of the last tenth of the iterations. */
  double train(List<float[]> bank, long seed) {
    StyleVae vae = rain.vae();
    Buffers buffers = rain.buffers();
    standardise(bank);
    INDArray all = Nd4j.createFromArray(bank.toArray(float[][]::new)).castTo(buffers.type());
    INDArray state = Nd4j.createUninitializedDetached(buffers.type(), 2 * rain.parameters().size());
    state.assign(0);
    SplittableRandom random = new SplittableRandom(seed);
    INDArray inverse = vae.deviation().rdiv(1.0);
    double late = 0;
    int lateCount = 0;
    for (int i = 0; i < config.iterations(); i++) {
      int[] rows = random.ints(config.batch(), 0, bank.size()).toArray();
      INDArray s = Nd4j.pullRows(all, 1, rows, 'c');
      double[][] noise = new double[config.batch()][vae.latent()];
      for (double[] row : noise) {
        for (int k = 0; k < row.length; k++) {
          row[k] = random.nextGaussian();
        }
      }
      INDArray n = RainLosses.matrix(noise, buffers);
      StyleVae.Code code = vae.encode(s, true);
      INDArray back = vae.decode(code.sample(n), true);
      INDArray d = back.subi(s).muliRowVector(inverse);
      double loss = Math.pow(d.norm2Number().doubleValue(), 2) / d.length();
      d.muli(2.0 / d.length()).muliRowVector(inverse);
      RainLosses.backwardVae(vae, code, n, d, config.kl());
      double rate = config.learningRate() * Math.max(1e-3, 1 - (double) i / config.iterations());
      ADAM.update(rain.parameters(), state, rate, i, buffers.lanes());
      if (i >= config.iterations() * 9 / 10) {
        late += loss;
        lateCount++;
      }
    }
    state.close();
    all.close();
    return late / Math.max(1, lateCount);
  }

  private void standardise(List<float[]> bank) {
    int size = rain.vae().size();
    double[] mean = new double[size];
    for (float[] v : bank) {
      for (int i = 0; i < size; i++) {
        mean[i] += v[i] / bank.size();
      }
    }
    rain.vae()
        .standardise(
            Nd4j.createFromArray(mean).castTo(rain.buffers().type()),
            Nd4j.createFromArray(deviation(bank)).castTo(rain.buffers().type()));
  }

  /**
   * Share of the bank's variance that is lost when styles go through the auto-encoder without
   * noise: mean over dimensions of ((D_vae(psi) - s) / deviation)^2.
   */
  static double loss(Rain rain, List<float[]> styles, double[] deviation) {
    INDArray s = Nd4j.createFromArray(styles.toArray(float[][]::new)).castTo(rain.buffers().type());
    StyleVae.Code code = rain.vae().encode(s, false);
    double[][] back = rain.vae().decode(code.psi(), false).toDoubleMatrix();
    double sum = 0;
    for (int b = 0; b < back.length; b++) {
      for (int i = 0; i < deviation.length; i++) {
        double d = (back[b][i] - styles.get(b)[i]) / deviation[i];
        sum += d * d;
      }
    }
    return sum / back.length / deviation.length;
  }

  /** Standard deviation of each dimension over a bank, never 0. */
  static double[] deviation(List<float[]> bank) {
    int size = bank.get(0).length;
    double[] sum = new double[size];
    double[] square = new double[size];
    for (float[] v : bank) {
      for (int i = 0; i < size; i++) {
        sum[i] += v[i];
        square[i] += (double) v[i] * v[i];
      }
    }
    double[] deviation = new double[size];
    for (int i = 0; i < size; i++) {
      double mean = sum[i] / bank.size();
      deviation[i] =
          Math.sqrt(Math.max(0, square[i] / bank.size() - mean * mean)) + DEVIATION_FLOOR;
    }
    return deviation;
  }
}
