package org.stylemining.training;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.device.WorkerDevice;

/**
 * The trainers of this JVM that are idle between two rounds. A trainer's native buffers and its
 * copy of RAIN are made once and serve every round; as many exist as workers trained here at the
 * same time. Which one a worker gets does not matter: its parameters are loaded anew each round.
 */
final class TrainerPool {
  private static final Logger LOG = LoggerFactory.getLogger(TrainerPool.class);

  /** What a trainer was made for; it can serve nothing else. */
  private record Purpose(String run, WorkerDevice device) {}

  private static final Map<Purpose, Deque<Workplace>> IDLE = new HashMap<>();

  private TrainerPool() {}

  /**
   * An idle trainer of this run, or a new one. Idle trainers of other runs, which ended, are
   * closed.
   */
  static Workplace take(WorkerKit kit, WorkerDevice device) {
    close(purpose -> !purpose.run().equals(kit.run()));
    synchronized (IDLE) {
      Deque<Workplace> idle = IDLE.get(new Purpose(kit.run(), device));
      if (idle != null && !idle.isEmpty()) {
        return idle.pop();
      }
    }
    LOG.info("a worker of run {} trains in {}", kit.run(), device);
    return Workplace.of(kit.trainers().create());
  }

  /** Keeps a trainer for the next round. */
  static void giveBack(WorkerKit kit, WorkerDevice device, Workplace workplace) {
    synchronized (IDLE) {
      IDLE.computeIfAbsent(new Purpose(kit.run(), device), purpose -> new ArrayDeque<>())
          .push(workplace);
    }
  }

  /**
   * Closes the idle trainers of a run that ended. It reaches this JVM's only: executors end with
   * the application.
   */
  static void close(String run) {
    close(purpose -> purpose.run().equals(run));
  }

  /** Closes all idle trainers of this JVM: work of another kind needs their memory. */
  static void clear() {
    close(purpose -> true);
  }

  private static void close(Predicate<Purpose> ended) {
    List<Workplace> closing = new ArrayList<>();
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
    closing.forEach(Workplace::close);
  }
}
