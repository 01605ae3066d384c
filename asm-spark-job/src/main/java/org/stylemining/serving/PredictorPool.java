package org.stylemining.serving;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.nd4j.linalg.api.buffer.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.adapt.Predictor;
import org.stylemining.device.WorkerDevice;
import org.stylemining.nn.Buffers;

/**
 * The networks of this JVM that are idle between two tasks: one is made for each task that runs at
 * the same time, and serves all that follow it.
 */
final class PredictorPool {
  private static final Logger LOG = LoggerFactory.getLogger(PredictorPool.class);

  /** What a network was made for; it can serve nothing else. */
  private record Purpose(String model, WorkerDevice device) {}

  /** A network and the memory it works in. */
  record Loaded(Predictor predictor, Buffers buffers) {
    void close() {
      predictor.close();
      buffers.close();
    }
  }

  private static final Map<Purpose, Deque<Loaded>> IDLE = new HashMap<>();

  private PredictorPool() {}

  /** An idle network, or a new one. Idle ones of other models are closed: their use has ended. */
  static Loaded take(ServedModel model, WorkerDevice device) {
    close(purpose -> !purpose.model().equals(model.id()));
    synchronized (IDLE) {
      Deque<Loaded> idle = IDLE.get(new Purpose(model.id(), device));
      if (idle != null && !idle.isEmpty()) {
        return idle.pop();
      }
    }
    LOG.info("a network for labelling is loaded in {}", device);
    Buffers buffers = new Buffers(DataType.FLOAT);
    return new Loaded(
        Predictor.of(model.config(), model.tensors(), "the served model", buffers), buffers);
  }

  static void giveBack(ServedModel model, WorkerDevice device, Loaded loaded) {
    synchronized (IDLE) {
      IDLE.computeIfAbsent(new Purpose(model.id(), device), purpose -> new ArrayDeque<>())
          .push(loaded);
    }
  }

  /**
   * Closes the idle networks of a model whose use has ended. It reaches this JVM's only: executors
   * end with the application.
   */
  static void close(ServedModel model) {
    close(purpose -> purpose.model().equals(model.id()));
  }

  private static void close(Predicate<Purpose> ended) {
    List<Loaded> closing = new ArrayList<>();
    synchronized (IDLE) {
      IDLE.entrySet()
          .removeIf(
              idle -> {
                if (!ended.test(idle.getKey())) {
                  return false;
                }
                closing.addAll(idle.getValue());
                return true;
              });
    }
    closing.forEach(Loaded::close);
  }
}
