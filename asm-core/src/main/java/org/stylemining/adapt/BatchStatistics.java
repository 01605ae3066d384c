package org.stylemining.adapt;

import java.io.Serializable;

/**
 * Statistics that batch-norm layers had of single batches, means and unbiased variances, summed
 * over forward passes.
 *
 * @param sums in the order of the running statistics in theta; of length 0 where there are none
 * @param passes that were summed over
 */
public record BatchStatistics(double[] sums, long passes) implements Serializable {
  /** Of no forward pass. */
  public static final BatchStatistics NONE = new BatchStatistics(new double[0], 0);

  /** Of both. */
  public BatchStatistics plus(BatchStatistics other) {
    if (passes == 0 || other.passes == 0) {
      return passes == 0 ? other : this;
    }
    double[] both = sums.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] += other.sums[i];
    }
    return new BatchStatistics(both, passes + other.passes);
  }

  /** The mean over the passes, of which there is one at least. */
  public float[] mean() {
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / passes);
    }
    return mean;
  }
}
