package org.stylemining.training;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** Runs that trained here, the latest one last. */
  private static final Set<String> RUNS = new LinkedHashSet<>();

  private TrainerPool() {}

  /**
   * An idle trainer of this run, or a new one. Idle trainers of runs that ended are closed: of the
   * latest runs only so many can be training as train at once.
   */
  static Workplace take(WorkerKit kit, WorkerDevice device) {
    Set<String> training = latest(kit);
    close(purpose -> !training.contains(purpose.run()));
    synchronized (IDLE) {
      Deque<Workplace> idle = IDLE.get(new Purpose(kit.run(), device));
      if (idle != null && !idle.isEmpty()) {
        return idle.pop();
      }
    }
    LOG.info("a worker of run {} trains in {}", kit.run(), device);
    return Workplace.of(kit.trainers().create());
  }

  /** The runs that may be training: this one, and of the others those that trained here last. */
  private static Set<String> latest(WorkerKit kit) {
    synchronized (IDLE) {
      RUNS.remove(kit.run());
      RUNS.add(kit.run());
      while (RUNS.size() > kit.runsAtOnce()) {
        RUNS.remove(RUNS.iterator().next());
      }
      return Set.copyOf(RUNS);
    }
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
