package org.stylemining.serving;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.adapt.Predictor;
import org.stylemining.device.IdlePool;
import org.stylemining.device.WorkerDevice;
import org.stylemining.nn.Buffers;

/**
 * The networks of this JVM that are idle between two tasks: one is made for each task that runs at
 * the same time, and serves all that follow it.
 */
final class PredictorPool {
  private static final Logger LOG = LoggerFactory.getLogger(PredictorPool.class);

  /** A network and the memory it works in. */
  record Loaded(Predictor predictor, Buffers buffers) {
    void close() {
      predictor.close();
      buffers.close();
    }
  }

  /** By model. */
  private static final IdlePool<Loaded> IDLE = new IdlePool<>(Loaded::close);

  private PredictorPool() {}

  /** An idle network, or a new one. Idle ones of other models are closed: their use has ended. */
  static Loaded take(ServedModel model, WorkerDevice device) {
    IDLE.close(other -> !other.equals(model.id()));
    Optional<Loaded> idle = IDLE.take(model.id(), device);
    if (idle.isPresent()) {
      return idle.get();
    }
    LOG.info("a network for labelling is loaded in {}", device);
    Buffers buffers = new Buffers(DataType.FLOAT);
    return new Loaded(
        Predictor.of(model.config(), model.tensors(), "the served model", buffers), buffers);
  }

  static void giveBack(ServedModel model, WorkerDevice device, Loaded loaded) {
    IDLE.giveBack(model.id(), device, loaded);
  }

  /**
   * Closes the idle networks of a model whose use has ended. It reaches this JVM's only: executors
   * end with the application.
   */
  static void close(ServedModel model) {
    IDLE.close(model.id()::equals);
  }
}
