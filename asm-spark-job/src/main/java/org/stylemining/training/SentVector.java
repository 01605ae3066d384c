package org.stylemining.training;

import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.nn.HostValues;

/**
 * A vector on its way between two JVMs. An INDArray writes itself value by value, each through
 * several calls; a Java array goes at the speed of memory.
 *
 * @param values all of them
 */
record SentVector(float[] values) implements Serializable {
  /** A copy of a whole vector; null for null. */
  static SentVector of(INDArray vector) {
    return vector == null ? null : new SentVector(new HostValues(vector).toFloats());
  }

  /** The vector as a new array [n]; null for null. */
  static INDArray array(SentVector sent) {
    return sent == null ? null : Nd4j.createFromArray(sent.values);
  }
}
