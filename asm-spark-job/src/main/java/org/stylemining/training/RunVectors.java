package org.stylemining.training;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.config.OuterOptimizer;
import org.stylemining.config.UserMistake;
import org.stylemining.weights.Checkpoint;

/**
 * The vectors that a run begins with, goes on with, or goes back to.
 *
 * @param theta parameters [n]
 * @param state of the optimizer; null where it has none
 * @param outer momentum of the outer optimizer; null where it is zero, or there is none
 */
record RunVectors(INDArray theta, INDArray state, INDArray outer) implements AutoCloseable {
  /**
   * @param checkpoint empty: the run's start
   * @throws UserMistake where the checkpoint is another run's
   */
  static RunVectors of(RunPlan plan, Optional<Checkpoint> checkpoint) {
    if (checkpoint.isEmpty()) {
      return new RunVectors(
          plan.form().initial(),
          plan.stateCount() == 0 ? null : Nd4j.zeros(plan.stateCount()),
          null);
    }
    Checkpoint found = checkpoint.get();
    String where = "checkpoint " + found.path();
    long outer = plan.sync().outer().optimizer() == OuterOptimizer.NONE ? 0 : plan.form().learned();
    return new RunVectors(
        plan.form().accept(where, found.model()),
        vector(where, "an optimizer state", plan.stateCount(), found.optimizer()),
        vector(where, "a momentum of the outer optimizer", outer, found.outer()));
  }

  private static INDArray vector(String where, String what, long due, float[] found) {
    if (found.length != due) {
      throw new UserMistake(
          "%s: expected %s of %d values, found %d".formatted(where, what, due, found.length));
    }
    return due == 0 ? null : Nd4j.createFromArray(found);
  }

  @Override
  public void close() {
    theta.close();
    if (state != null) {
      state.close();
    }
    if (outer != null) {
      outer.close();
    }
  }
}
