package org.stylemining.training;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;

/**
 * One slice of a worker's result on its way to the task that averages it. Its values are read as it
 * is written, so that a worker's heap holds one slice at a time.
 */
final class WorkerSlice implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private final WorkerReport report;
  private final int worker;
  private final long weight;
  private transient WorkerResult result;
  private transient int index;
  private transient float[] values;

  /**
   * @param index of the slice; the first one brings the worker's report
   */
  WorkerSlice(WorkerResult result, int index) {
    this.result = result;
    this.index = index;
    worker = result.report().worker();
    weight = result.weight();
    report = index == 0 ? result.report() : null;
  }

  int worker() {
    return worker;
  }

  /** The worker's weight; 0 where it has no part in the average. */
  long weight() {
    return weight;
  }

  /** Null but in a worker's first slice. */
  WorkerReport report() {
    return report;
  }

  /** The values; null where they are not part of the average. */
  float[] values() {
    return weight > 0 && values == null ? result.slice(index) : values;
  }

  /** This with its values, for when the worker's vectors are free. */
  WorkerSlice copied() {
    values = values();
    return this;
  }

  @Serial
  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    if (weight > 0) {
      FloatStream.write(values(), out);
    }
  }

  @Serial
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    if (weight > 0) {
      values = FloatStream.read(in);
    }
  }
}
