package org.stylemining.data;

import java.util.List;

/**
 * The order in which the samples of several weighted sources are trained on: position 0, 1, 2, ... without end. Every
 * source runs through its own samples in epochs, each a new permutation in which no sample is lost or repeated; the
 * sources are interleaved by their weights. The sample at a position depends on the seed, the lists and the weights alone.
 */
public final class SourceOrder {
  /**
   * @param sources the samples of each source, none empty
   * @param weights of the sources, each > 0
   */
  public SourceOrder(long seed, List<List<Sample>> sources, double[] weights) {}

  /** The sample at {@code position} (from 0). */
  public Sample at(long position) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** The samples at {@code from, from + 1, ..., from + count - 1}. */
  public List<Sample> range(long from, int count) {
    throw new UnsupportedOperationException("not built yet");
  }
}
