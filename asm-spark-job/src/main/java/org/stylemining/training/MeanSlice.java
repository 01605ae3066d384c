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

/**
 * The mean of the workers' values in one slice.
 *
 * @param index of the slice
 * @param values null where no worker counts
 * @param reports of the workers, in their order, with the first slice
 */
record MeanSlice(int index, float[] values, List<WorkerReport> reports) implements Serializable {

  /**
   * The mean, weighted by updates; the plain one, bit for bit, where all made equally many. Workers
   * are added one by one in their order, whatever the order they came in: floating-point sums
   * depend on it.
   *
   * @param slices of one index, one of each worker
   */
  static MeanSlice of(int index, List<WorkerSlice> slices) {
    List<WorkerSlice> inOrder =
        slices.stream().sorted(Comparator.comparingInt(WorkerSlice::worker)).toList();
    List<WorkerReport> reports =
        inOrder.stream().map(WorkerSlice::report).filter(Objects::nonNull).toList();
    List<WorkerSlice> counting = inOrder.stream().filter(slice -> slice.weight() > 0).toList();
    return new MeanSlice(index, counting.isEmpty() ? null : mean(counting), reports);
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
      slice = new MeanSlice(index, in.readBoolean() ? FloatStream.read(in) : null, reports);
    }

    @Serial
    private Object readResolve() {
      return slice;
    }
  }
}
