package org.stylemining.training;

import java.io.Serial;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.stylemining.shard.WorkerBatch;

/**
 * Reads the source batch that a {@link WorkerBatch}'s path names; called by dl4j-spark's
 * prefetching thread.
 */
final class BatchLoader implements MultiDataSetLoader {
  @Serial private static final long serialVersionUID = 1;

  private final Broadcast<WorkerKit> kit;

  BatchLoader(Broadcast<WorkerKit> kit) {
    this.kit = kit;
  }

  @Override
  public MultiDataSet load(Source source) {
    // Every kind of failure, an OutOfMemoryError too, has to reach the worker: see
    // DecodedBatch.failed.
    try {
      WorkerBatch name = WorkerBatch.ofPath(source.getPath());
      return DecodedBatch.of(name, kit.value().batches().read(name.samples(), name.positions()));
    } catch (Throwable e) {
      return DecodedBatch.failed(e);
    }
  }
}
