package org.stylemining.pretrain;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.stylemining.adapt.TrainerFactory;
import org.stylemining.data.SourceBatch;

/** Who does the work of {@code pretrain}: one JVM, or the executors of a cluster. */
public interface PretrainWorkers {
  /**
   * A phase of training.
   *
   * @param name for people
   * @param updates per worker
   * @param batch images per worker and update
   * @param syncEvery updates between two averagings
   */
  record Phase(String name, int updates, int batch, int syncEvery) {}

  /** Trains from theta on batches of source images and gives the trained theta. */
  float[] train(Phase phase, TrainerFactory trainers, float[] theta) throws IOException;

  /** What a worker computes of batches of source images. */
  interface BatchFunction extends Serializable {
    /** Called once per thread; the function it gives is used for many batches, then closed. */
    Open open();

    /** A function that holds native memory. */
    interface Open extends AutoCloseable {
      List<float[]> apply(SourceBatch batch);

      @Override
      void close();
    }
  }

  /**
   * Applies a function to the source images at positions 0 .. count-1 of the training order,
   * results in that order.
   */
  List<float[]> map(BatchFunction function, int count, int batch) throws IOException;

  /** Source images at positions 0 .. count-1 of the training order. */
  SourceBatch sample(int count) throws IOException;
}
