package org.stylemining.shard;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.stylemining.data.SourceBatch;
import org.stylemining.dataset.Sample;

/**
 * Where an executor gets its images from. Sent to every executor once per run; called by several
 * threads at a time.
 */
public interface BatchSource extends Serializable {
  /**
   * Reads and augments the samples of one batch.
   *
   * @param positions the place of each sample in the training order: the seed of everything random
   *     about it
   * @return a batch that leaves out damaged samples and names them
   * @throws IOException where the file system fails
   */
  SourceBatch read(List<Sample> samples, long[] positions) throws IOException;
}
