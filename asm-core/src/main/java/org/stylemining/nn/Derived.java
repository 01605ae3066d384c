package org.stylemining.nn;

import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Values computed from a parameter, such as its transformed kernels. Those of a frozen parameter
 * are kept until it is set anew; those of a trained one are computed when asked for, into one
 * array.
 */
final class Derived {
  private final Buffers buffers;
  private final Parameter parameter;
  private final long rows;
  private final long columns;
  private final Consumer<INDArray> compute;
  private INDArray kept;
  private long revision = -1;

  /**
   * @param compute fills a matrix [rows, columns]
   */
  Derived(
      Buffers buffers, Parameter parameter, long rows, long columns, Consumer<INDArray> compute) {
    this.buffers = buffers;
    this.parameter = parameter;
    this.rows = rows;
    this.columns = columns;
    this.compute = compute;
  }

  /** The values, to be read only; valid until the parameter changes or {@link #release}. */
  INDArray value() {
    if (kept == null) {
      kept = parameter.hasGradient() ? buffers.take(rows, columns) : buffers.reserve(rows, columns);
      revision = -1;
    }
    if (parameter.hasGradient() || revision != parameter.revision()) {
      compute.accept(kept);
      revision = parameter.revision();
    }
    return kept;
  }

  /** Says that the values are not needed for now: those of a trained parameter go. */
  void release() {
    if (parameter.hasGradient()) {
      close();
    }
  }

  void close() {
    if (kept != null) {
      buffers.give(kept);
      kept = null;
    }
  }
}
