package org.stylemining.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.config.FinalModel;
import org.stylemining.config.UserMistake;
import org.stylemining.nn.HostValues;
import org.stylemining.weights.Checkpoint;
import org.stylemining.weights.CheckpointState;
import org.stylemining.weights.NamedTensor;

/**
 * The running mean of the parameters after each of a run's last rounds: mean = mean + (theta -
 * mean) / k at the k-th of them. Every round counts the same.
 *
 * <p>Izmailov, Podoprikhin, Garipov, Vetrov, Wilson, Averaging Weights Leads to Wider Optima and
 * Better Generalization (SWA), UAI 2018, Algorithm 1; from every round, not every so many, as in
 * Cha et al., SWAD: Domain Generalization by Seeking Flat Minima, NeurIPS 2021, section 3, but over
 * a share that is given: SWAD's own limits are found by losses on labelled images held out.
 */
final class ModelMean implements AutoCloseable {
  private static final int BLOCK = 1 << 14;

  private final NetworkForm form;
  private final int first;
  private INDArray mean;

  /**
   * @param first round that counts; rounds come in order
   */
  private ModelMean(NetworkForm form, int first) {
    this.form = form;
    this.first = first;
  }

  /**
   * The mean of a plan, without any round yet.
   *
   * @throws UserMistake where it would be that of one round
   */
  static ModelMean of(RunPlan plan) {
    int rounds = plan.shards().rounds();
    if (plan.sync().finalModel().rule() == FinalModel.LAST) {
      return new ModelMean(plan.form(), Integer.MAX_VALUE);
    }
    double share = plan.sync().finalModel().share();
    int covered = (int) Math.ceil(share * rounds - 1e-9);
    if (covered < 2) {
      throw new UserMistake(
          "sync.final-model.share = %s: expected a share of at least 2 of the run's %d rounds, for a mean"
              .formatted(share, rounds));
    }
    return new ModelMean(plan.form(), rounds - covered + 1);
  }

  /** Rounds that it is the mean of after a round. */
  int covered(int round) {
    return Math.max(0, round - first + 1);
  }

  /**
   * Goes to where it was at a checkpoint.
   *
   * @param checkpoint empty: the run's start
   * @throws UserMistake where the checkpoint should hold a mean and does not
   */
  void goTo(Optional<Checkpoint> checkpoint) {
    close();
    if (checkpoint.isPresent() && covered(checkpoint.get().state().round()) > 0) {
      Checkpoint found = checkpoint.get();
      String where = "checkpoint " + found.path();
      if (found.mean().isEmpty()) {
        throw new UserMistake(
            "%s: expected the mean of %d rounds, found none"
                .formatted(where, covered(found.state().round())));
      }
      mean = form.accept(where, found.mean());
    }
  }

  /** Takes the parameters after a round in. */
  void add(int round, INDArray theta) {
    int count = covered(round);
    if (count == 0) {
      return;
    }
    if (mean == null) {
      mean = Nd4j.createUninitializedDetached(DataType.FLOAT, theta.length());
    }
    if (count == 1) {
      mean.assign(theta.reshape(mean.length()));
      return;
    }
    HostValues sums = new HostValues(mean);
    HostValues fresh = new HostValues(theta);
    float[] m = new float[BLOCK];
    float[] t = new float[BLOCK];
    for (long from = 0; from < mean.length(); from += BLOCK) {
      int n = (int) Math.min(BLOCK, mean.length() - from);
      sums.read(from, m, 0, n);
      fresh.read(from, t, 0, n);
      for (int i = 0; i < n; i++) {
        m[i] = (float) (m[i] + ((double) t[i] - m[i]) / count);
      }
      sums.write(from, m, 0, n);
    }
  }

  /** The mean so far [n]; empty before the first round that counts. */
  Optional<INDArray> theta() {
    return Optional.ofNullable(mean);
  }

  /** The mean so far by name; empty before the first round that counts. */
  List<NamedTensor> tensors() {
    return mean == null ? List.of() : form.publish(mean);
  }

  /**
   * What a checkpoint says of it.
   *
   * @param ready whether it can be used as it is
   */
  Map<String, String> extra(int round, boolean ready) {
    return mean == null || !ready
        ? Map.of()
        : Map.of(CheckpointState.RESULT, "the mean of " + covered(round) + " rounds");
  }

  @Override
  public void close() {
    if (mean != null) {
      mean.close();
      mean = null;
    }
  }
}
