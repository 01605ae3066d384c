package org.stylemining.training;

import java.io.Serial;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.data.SourceBatch;
import org.stylemining.shard.WorkerBatch;

/**
 * A decoded source batch on its way through dl4j-spark's iterators, which count it as one example
 * and prefetch it. Its images stay plain Java arrays: the iterators' off-heap workspaces may be
 * gone before a trainer sees it.
 */
final class DecodedBatch extends MultiDataSet {
  @Serial private static final long serialVersionUID = 1;

  private static final INDArray ONE_EXAMPLE = oneExample();

  private final transient WorkerBatch name;
  private final transient SourceBatch images;
  private final transient Throwable failure;

  private DecodedBatch(WorkerBatch name, SourceBatch images, Throwable failure) {
    super(ONE_EXAMPLE, ONE_EXAMPLE);
    this.name = name;
    this.images = images;
    this.failure = failure;
  }

  static DecodedBatch of(WorkerBatch name, SourceBatch images) {
    return new DecodedBatch(name, images, null);
  }

  /**
   * A batch that could not be read. dl4j-spark's prefetching thread dies of an exception without
   * telling the worker, which then waits for ever; so the failure is delivered in the batch's
   * place.
   */
  static DecodedBatch failed(Throwable failure) {
    return new DecodedBatch(null, null, failure);
  }

  /** What was asked for. */
  WorkerBatch name() {
    return name;
  }

  /**
   * What was read.
   *
   * @throws IllegalStateException with the cause, where reading failed
   */
  SourceBatch images() {
    if (failure != null) {
      throw new IllegalStateException("could not read a source batch: " + failure, failure);
    }
    return images;
  }

  private static INDArray oneExample() {
    try (MemoryWorkspace unused = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      return Nd4j.zeros(DataType.FLOAT, 1, 1);
    }
  }
}
