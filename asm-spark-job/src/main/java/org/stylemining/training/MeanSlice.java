package org.stylemining.training;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serial;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The mean of the workers' values in one slice.
 *
 * @param index of the slice
 * @param values null where no worker counts
 * @param reports of the workers, in their order, with the first slice
 * @param squares sum of the squared distances from the mean, of every worker that counts
 */
record MeanSlice(
    int index, float[] values, List<WorkerReport> reports, TreeMap<Integer, Double> squares)
    implements Serializable {

  /**
   * The weighted mean; the plain one, bit for bit, where all weigh the same. Workers are added one
   * by one in their order, whatever the order they came in: floating-point sums depend on it.
   *
   * @param slices of one index, one of each worker
   * @param measured leading values over which distances from the mean are taken
   */
  static MeanSlice of(int index, List<WorkerSlice> slices, int measured) {
    List<WorkerSlice> inOrder =
        slices.stream().sorted(Comparator.comparingInt(WorkerSlice::worker)).toList();
    List<WorkerReport> reports =
        inOrder.stream().map(WorkerSlice::report).filter(Objects::nonNull).toList();
    List<WorkerSlice> counting = inOrder.stream().filter(slice -> slice.weight() > 0).toList();
    if (counting.isEmpty()) {
      return new MeanSlice(index, null, reports, new TreeMap<>());
    }
    float[] mean = mean(counting);
    TreeMap<Integer, Double> squares = new TreeMap<>();
    if (measured > 0) {
      counting.forEach(
          slice -> squares.put(slice.worker(), squares(slice.values(), mean, measured)));
    }
    return new MeanSlice(index, mean, reports, squares);
  }

  /** Sum of the squared differences of the first n values. */
  static double squares(float[] a, float[] b, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }

  private static float[] mean(List<WorkerSlice> slices) {
    boolean alike = slices.stream().mapToLong(WorkerSlice::weight).distinct().count() == 1;
    float divisor = alike ? slices.size() : slices.stream().mapToLong(WorkerSlice::weight).sum();
    float[] sum = null;
    for (WorkerSlice slice : slices) {
      float weight = alike ? 1 : slice.weight();
      float[] values = slice.values();
      if (sum == null) {
        sum = new float[values.length];
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weight * values[i];
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= divisor;
    }
    return sum;
  }

  @Serial
  private Object writeReplace() {
    return new Sent(this);
  }

  /** The form it travels in; records have no say in how they are written. */
  private static final class Sent implements Externalizable {
    @Serial private static final long serialVersionUID = 1;

    private MeanSlice slice;

    /** For reading. */
    @SuppressWarnings("EffectivelyPrivate") // Externalizable asks for a public one.
    public Sent() {}

    Sent(MeanSlice slice) {
      this.slice = slice;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
      out.writeInt(slice.index);
      out.writeObject(slice.reports);
      out.writeObject(slice.squares);
      out.writeBoolean(slice.values != null);
      if (slice.values != null) {
        FloatStream.write(slice.values, out);
      }
    }

    @Override
    @SuppressWarnings("unchecked")
    public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
      int index = in.readInt();
      List<WorkerReport> reports = (List<WorkerReport>) in.readObject();
      TreeMap<Integer, Double> squares = (TreeMap<Integer, Double>) in.readObject();
      slice =
          new MeanSlice(index, in.readBoolean() ? FloatStream.read(in) : null, reports, squares);
    }

    @Serial
    private Object readResolve() {
      return slice;
    }
  }
}
