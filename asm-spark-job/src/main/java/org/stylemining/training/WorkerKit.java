package org.stylemining.training;

import java.io.Serializable;
import java.util.Objects;
import org.stylemining.adapt.TrainerFactory;
import org.stylemining.config.Device;
import org.stylemining.device.DeviceRequest;
import org.stylemining.shard.BatchSource;

/**
 * What every executor needs for the whole of a run, sent to it once: RAIN and the anchor in the
 * trainers, access to the images.
 *
 * @param run a name of the run that no other has
 * @param runsAtOnce runs that train beside each other in this application, this one included
 * @param trainers makes the workers' trainers
 * @param batches reads their images
 * @param devices what the workers compute on
 */
public record WorkerKit(
    String run, int runsAtOnce, TrainerFactory trainers, BatchSource batches, DeviceRequest devices)
    implements Serializable {
  public WorkerKit {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(trainers, "trainers");
    Objects.requireNonNull(batches, "batches");
    Objects.requireNonNull(devices, "devices");
  }

  /** The same for a run alone. */
  WorkerKit(String run, TrainerFactory trainers, BatchSource batches, DeviceRequest devices) {
    this(run, 1, trainers, batches, devices);
  }

  /**
   * The same for whatever the build computes on.
   *
   * @param threads of one worker's native operations; 0: as many as its task has cores
   */
  WorkerKit(String run, TrainerFactory trainers, BatchSource batches, int threads) {
    this(run, trainers, batches, new DeviceRequest(Device.AUTO, threads));
  }
}
