package org.stylemining.serving;

import java.util.List;
import org.stylemining.adapt.Segmentation;
import org.stylemining.device.DeviceRequest;
import org.stylemining.device.WorkerDevice;
import org.stylemining.image.RgbImage;

/**
 * Labels images inside a Spark task, one partition's after another's: binds the task to its threads
 * or its GPU, and holds a network of this executor's until it is closed. For one thread.
 */
public final class ImageLabeller implements AutoCloseable {
  private final ServedModel model;
  private final WorkerDevice device;
  private final PredictorPool.Loaded loaded;
  private boolean broken;

  private ImageLabeller(ServedModel model, WorkerDevice device, PredictorPool.Loaded loaded) {
    this.model = model;
    this.device = device;
    this.loaded = loaded;
  }

  /**
   * A labeller for the Spark task that runs on the calling thread.
   *
   * @throws IllegalStateException outside of a task
   */
  public static ImageLabeller ofTask(ServedModel model) {
    WorkerDevice device = WorkerDevice.ofTask(DeviceRequest.of(model.config().cluster()));
    device.bind();
    return new ImageLabeller(model, device, PredictorPool.take(model, device));
  }

  /**
   * Labels images in one pass through the network, which resizes them to its input's size; labels
   * have each image's own size.
   *
   * @param images at least one, of any sizes
   * @param probabilities whether the probabilities of the classes are wanted too
   */
  public List<Segmentation> label(List<RgbImage> images, boolean probabilities) {
    broken = true;
    List<Segmentation> found = loaded.predictor().predict(images, probabilities);
    broken = false;
    return found;
  }

  /** Gives the network back for the tasks that follow. */
  @Override
  public void close() {
    if (broken) {
      // Buffers that were lent when it failed would never come back.
      loaded.close();
    } else {
      PredictorPool.giveBack(model, device, loaded);
    }
  }
}
