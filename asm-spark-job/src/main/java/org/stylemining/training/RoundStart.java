package org.stylemining.training;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;

/**
 * The parameters and the optimizer state that all workers of a round start from, to be broadcast;
 * without a state, the workers' own begins with zero. In the driver's JVM it reads the driver's
 * vectors; elsewhere it holds slices of them.
 */
final class RoundStart implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private final Slicing slicing;
  private transient RoundVectors vectors;
  private transient float[][] slices;

  /**
   * @param vectors not to be changed before the round is over
   */
  RoundStart(RoundVectors vectors, Slicing slicing) {
    this.vectors = vectors;
    this.slicing = slicing;
  }

  Slicing slicing() {
    return slicing;
  }

  /** Writes the values into a worker's vectors. */
  void copyTo(RoundVectors worker) {
    for (int s = 0; s < slicing.count(); s++) {
      worker.write(slicing.start(s), slices == null ? slicing.read(vectors, s) : slices[s]);
    }
    if (worker.length() > slicing.values()) {
      worker.state().assign(0);
    }
  }

  @Serial
  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    for (int s = 0; s < slicing.count(); s++) {
      FloatStream.write(slices == null ? slicing.read(vectors, s) : slices[s], out);
    }
  }

  @Serial
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    slices = new float[slicing.count()][];
    for (int s = 0; s < slices.length; s++) {
      slices[s] = FloatStream.read(in);
    }
  }
}
