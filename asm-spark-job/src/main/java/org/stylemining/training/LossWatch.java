package org.stylemining.training;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/**
 * Notices that the loss of a run explodes: a round's mean loss is more than so many times the
 * largest of the rounds before. The largest, not the mean, so that hard rounds, which style mining
 * makes on purpose, are not taken for it.
 */
final class LossWatch {
  /** Rounds that are compared with. */
  private static final int REMEMBERED = 20;

  /** Fewer rounds say too little. */
  private static final int FEWEST = 5;

  private final double factor;
  private final Deque<Double> before = new ArrayDeque<>();

  /**
   * @param factor 0: no loss that is a number is too large
   */
  LossWatch(double factor) {
    this.factor = factor;
  }

  /** Says how the loss exploded; empty where it did not, and the round is remembered. */
  Optional<String> judge(int round, double loss) {
    if (factor > 0 && before.size() >= FEWEST) {
      double largest = Collections.max(before);
      if (loss > factor * largest) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "the mean loss of round %d is %.4g, more than sync.explosion = %s times the largest of the %d rounds before (%.4g)",
                round,
                loss,
                factor,
                before.size(),
                largest));
      }
    }
    remember(loss);
    return Optional.empty();
  }

  /** Takes the loss of a round into account that was judged before. */
  void remember(double loss) {
    if (Double.isFinite(loss)) {
      before.addLast(loss);
      if (before.size() > REMEMBERED) {
        before.removeFirst();
      }
    }
  }

  void forget() {
    before.clear();
  }
}
