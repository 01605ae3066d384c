package org.stylemining.config;

import java.util.Optional;

/**
 * Checks of the keys that say how workers are averaged, which depend on each other and on training.
 */
final class AveragingChecks {
  private static final String INTERVAL = "sync.interval";
  private static final String OUTER = "sync.outer";

  private final Binder bound;
  private final Resolved resolved;
  private final Mistakes mistakes;

  AveragingChecks(Binder bound, Resolved resolved, Mistakes mistakes) {
    this.bound = bound;
    this.resolved = resolved;
    this.mistakes = mistakes;
  }

  void check() {
    Optional<SyncConfig> sync = bound.block("sync", SyncConfig.class);
    Optional<ClusterConfig> cluster = bound.block("cluster", ClusterConfig.class);
    Optional<TrainingConfig> training = bound.block("training", TrainingConfig.class);
    Optional<BatchNormConfig> norm = bound.block("model.batch-norm", BatchNormConfig.class);
    sync.ifPresent(this::outer);
    if (sync.isPresent() && cluster.isPresent() && training.isPresent()) {
      interval(sync.get().interval(), cluster.get(), training.get());
      state(sync.get(), cluster.get(), training.get());
    }
    if (sync.isPresent() && norm.isPresent()) {
      statistics(sync.get(), norm.get());
    }
  }

  private void interval(IntervalConfig interval, ClusterConfig cluster, TrainingConfig training) {
    String as = "as " + INTERVAL + ".rule = " + interval.rule().word();
    boolean postLocal = interval.rule() == IntervalRule.POST_LOCAL;
    boolean quadratic = interval.rule() == IntervalRule.QUADRATIC;
    if (!postLocal && interval.from() != 0) {
      mistake(INTERVAL + ".from", "0, " + as);
    }
    if (!quadratic && interval.coefficient() != 0) {
      mistake(INTERVAL + ".coefficient", "0, " + as);
    }
    if (!quadratic && interval.longest() != 0) {
      mistake(INTERVAL + ".longest", "0, " + as);
    }
    if (postLocal && (interval.from() < 1 || interval.from() >= training.updates())) {
      mistake(
          INTERVAL + ".from",
          "at least 1 and less than training.updates = " + training.updates() + ", " + as);
    }
    if (postLocal && cluster.syncEvery() == 1) {
      mistake(
          "cluster.sync-every", "more than 1, " + as + ": every update is a round before `from`");
    }
    if (quadratic && interval.coefficient() == 0) {
      mistake(INTERVAL + ".coefficient", "a number greater than 0, " + as);
    }
    if (quadratic && interval.longest() <= cluster.syncEvery()) {
      mistake(
          INTERVAL + ".longest",
          "more than cluster.sync-every = " + cluster.syncEvery() + ", " + as);
    }
  }

  private void state(SyncConfig sync, ClusterConfig cluster, TrainingConfig training) {
    if (sync.optimizerState() != StateRule.RESET) {
      return;
    }
    String key = "sync.optimizer-state";
    if (training.optimizer() == OptimizerKind.ADAM) {
      mistake(
          key,
          "average, as training.optimizer = adam: moments that begin at zero again and again are corrected as if they had not");
    } else if (training.momentum() == 0) {
      mistake(key, "average, as training.momentum = 0: there is no state");
    }
    if (cluster.syncEvery() == 1 || sync.interval().rule() == IntervalRule.POST_LOCAL) {
      mistake(
          key,
          "average, as rounds of one batch (%s) would leave no momentum"
              .formatted(
                  cluster.syncEvery() == 1
                      ? "cluster.sync-every = 1"
                      : "sync.interval.rule = post-local"));
    }
  }

  private void outer(SyncConfig sync) {
    OuterConfig outer = sync.outer();
    String as = "as " + OUTER + ".optimizer = " + outer.optimizer().word();
    if (outer.optimizer() == OuterOptimizer.NONE) {
      if (outer.learningRate() != 1) {
        mistake(OUTER + ".learning-rate", "1, " + as);
      }
      if (outer.momentum() != 0) {
        mistake(OUTER + ".momentum", "0, " + as);
      }
    } else if (outer.momentum() == 0) {
      mistake(OUTER + ".momentum", "a number greater than 0, " + as);
    }
  }

  private void statistics(SyncConfig sync, BatchNormConfig norm) {
    String key = "sync.statistics.batches";
    boolean batch = norm.statistics() == Statistics.BATCH;
    if (sync.statistics().batches() > 0 && !batch) {
      mistake(key, "0, as model.batch-norm.statistics = running: they stay as they are");
    }
    if (sync.statistics().batches() > 0 && batch && norm.momentum() == 0) {
      mistake(key, "0, as model.batch-norm.momentum = 0: statistics are not followed");
    }
    if (sync.statistics().batches() == 0 && batch && sync.finalModel().rule() == FinalModel.MEAN) {
      mistake(
          key,
          "at least 1, as sync.final-model.rule = mean: the mean network's statistics are not the mean of the networks' statistics");
    }
  }

  private void mistake(String key, String expected) {
    mistakes.add(resolved.line(key, expected));
  }
}
