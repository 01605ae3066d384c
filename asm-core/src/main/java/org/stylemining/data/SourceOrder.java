package org.stylemining.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.stylemining.dataset.Sample;

/**
 * The order in which the samples of several weighted sources are trained on: position 0, 1, 2, ...
 * without end. Every source runs through its own samples in epochs, each a new permutation in which
 * no sample is lost or repeated; the sources are interleaved by their weights. The sample at a
 * position depends on the seed, the lists and the weights alone.
 *
 * <p>Any position can be asked for; asking in ascending order costs O(1) each, amortised over an
 * epoch.
 */
public final class SourceOrder {
  /** Separates the permutations' seeds from every other use of the run's seed. */
  private static final long PERMUTATION = 0x50E2;

  private final long seed;
  private final List<List<Sample>> sources;
  private final Interleaving interleaving;
  private final long[] epochs;
  private final int[][] permutations;

  /**
   * @param sources the samples of each source, none empty
   * @param weights of the sources, each > 0
   */
  public SourceOrder(long seed, List<List<Sample>> sources, double[] weights) {
    if (sources.isEmpty() || sources.size() != weights.length) {
      throw new IllegalArgumentException(
          sources.size() + " sources, " + weights.length + " weights");
    }
    this.seed = seed;
    this.sources = sources.stream().map(List::copyOf).toList();
    for (int s = 0; s < weights.length; s++) {
      if (this.sources.get(s).isEmpty()) {
        throw new IllegalArgumentException("source " + s + " has no samples");
      }
    }
    this.interleaving = new Interleaving(weights);
    this.epochs = new long[weights.length];
    this.permutations = new int[weights.length][];
  }

  /** The sample at {@code position} (from 0). */
  public synchronized Sample at(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("position " + position + ": expected 0 or more");
    }
    int source = interleaving.source(position);
    long index = interleaving.indexInSource(position);
    List<Sample> samples = sources.get(source);
    int[] permutation = permutation(source, index / samples.size());
    return samples.get(permutation[(int) (index % samples.size())]);
  }

  /** The samples at {@code from, from + 1, ..., from + count - 1}. */
  public List<Sample> range(long from, int count) {
    List<Sample> samples = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      samples.add(at(from + i));
    }
    return samples;
  }

  private int[] permutation(int source, long epoch) {
    if (permutations[source] == null || epochs[source] != epoch) {
      SplittableRandom random = new SplittableRandom(Seeds.mix(seed, PERMUTATION, source, epoch));
      permutations[source] = Permutation.of(sources.get(source).size(), random);
      epochs[source] = epoch;
    }
    return permutations[source];
  }
}
