package org.stylemining.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.stylemining.adapt.LocalTrainer;

/**
 * The trainers of this JVM that are idle between two rounds. A trainer's native buffers and its
 * copy of RAIN are made once and serve every round; as many exist as workers trained here at the
 * same time. Which one a worker gets does not matter: its parameters are loaded anew each round.
 */
final class TrainerPool {
  private static final Map<String, Deque<LocalTrainer>> IDLE = new HashMap<>();

  private TrainerPool() {}

  /**
   * An idle trainer of this run, or a new one. Idle trainers of other runs, which ended, are
   * closed.
   */
  static LocalTrainer take(WorkerKit kit) {
    synchronized (IDLE) {
      Iterator<Map.Entry<String, Deque<LocalTrainer>>> runs = IDLE.entrySet().iterator();
      while (runs.hasNext()) {
        Map.Entry<String, Deque<LocalTrainer>> run = runs.next();
        if (!run.getKey().equals(kit.run())) {
          run.getValue().forEach(LocalTrainer::close);
          runs.remove();
        }
      }
      Deque<LocalTrainer> idle = IDLE.get(kit.run());
      if (idle != null && !idle.isEmpty()) {
        return idle.pop();
      }
    }
    return kit.trainers().create();
  }

  /** Keeps a trainer for the next round. */
  static void giveBack(String run, LocalTrainer trainer) {
    synchronized (IDLE) {
      IDLE.computeIfAbsent(run, name -> new ArrayDeque<>()).push(trainer);
    }
  }

  /**
   * Closes the idle trainers of a run that ended. It reaches this JVM's only: executors end with
   * the application.
   */
  static void close(String run) {
    Deque<LocalTrainer> idle;
    synchronized (IDLE) {
      idle = IDLE.remove(run);
    }
    if (idle != null) {
      idle.forEach(LocalTrainer::close);
    }
  }
}
