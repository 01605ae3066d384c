package org.stylemining.training;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.device.IdlePool;
import org.stylemining.device.WorkerDevice;

/**
 * The trainers of this JVM that are idle between two rounds. A trainer's native buffers and its
 * copy of RAIN are made once and serve every round; as many exist as workers trained here at the
 * same time. Which one a worker gets does not matter: its parameters are loaded anew each round.
 */
final class TrainerPool {
  private static final Logger LOG = LoggerFactory.getLogger(TrainerPool.class);

  /** By run. */
  private static final IdlePool<Workplace> IDLE = new IdlePool<>(Workplace::close);

  /** Runs that trained here, the latest one last. */
  private static final Set<String> RUNS = new LinkedHashSet<>();

  private TrainerPool() {}

  /**
   * An idle trainer of this run, or a new one. Idle trainers of runs that ended are closed: of the
   * latest runs only so many can be training as train at once.
   */
  static Workplace take(WorkerKit kit, WorkerDevice device) {
    Set<String> training = latest(kit);
    IDLE.close(run -> !training.contains(run));
    Optional<Workplace> idle = IDLE.take(kit.run(), device);
    if (idle.isPresent()) {
      return idle.get();
    }
    LOG.info("a worker of run {} trains in {}", kit.run(), device);
    return Workplace.of(kit.trainers().create());
  }

  /** The runs that may be training: this one, and of the others those that trained here last. */
  private static Set<String> latest(WorkerKit kit) {
    synchronized (RUNS) {
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
    IDLE.giveBack(kit.run(), device, workplace);
  }

  /**
   * Closes the idle trainers of a run that ended. It reaches this JVM's only: executors end with
   * the application.
   */
  static void close(String run) {
    IDLE.close(run::equals);
  }

  /** Closes all idle trainers of this JVM: work of another kind needs their memory. */
  static void clear() {
    IDLE.close(run -> true);
  }
}
