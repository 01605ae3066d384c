package org.stylemining.training;

import java.io.Serializable;
import java.util.Objects;
import org.stylemining.adapt.TrainerFactory;
import org.stylemining.shard.BatchSource;

/**
 * What every executor needs for the whole of a run, sent to it once: RAIN and the anchor in the
 * trainers, access to the images.
 *
 * @param run a name of the run that no other has
 * @param trainers makes the workers' trainers
 * @param batches reads their images
 * @param threads of one worker's native operations; 0: as many as its task has cores
 */
public record WorkerKit(String run, TrainerFactory trainers, BatchSource batches, int threads)
    implements Serializable {
  public WorkerKit {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(trainers, "trainers");
    Objects.requireNonNull(batches, "batches");
  }
}
