package org.stylemining.config;

/** Checks between keys, in blocks that hold no mistake in themselves. */
final class CrossChecks {
  private final Binder bound;
  private final Resolved resolved;
  private final Mistakes mistakes;

  CrossChecks(Binder bound, Resolved resolved, Mistakes mistakes) {
    this.bound = bound;
    this.resolved = resolved;
    this.mistakes = mistakes;
  }

  void check() {
    bound.block("data.scale", ScaleRange.class).ifPresent(this::scale);
    bound.block("data.evaluation", EvaluationSet.class).ifPresent(this::evaluation);
    bound.block("evaluate.resize", Size.class).ifPresent(this::evaluateResize);
    bound.block("sync", SyncConfig.class).ifPresent(this::sync);
  }

  private void sync(SyncConfig sync) {
    if (sync.explosion() > 0 && sync.explosion() <= 1) {
      mistakes.add(resolved.line("sync.explosion", "0, or a number greater than 1"));
    }
    if (sync.quorum() < 1 && sync.deadline() == 0 && sync.deadlineFactor() == 0) {
      mistakes.add(
          resolved.line(
              "sync.quorum", "1, as no deadline is set (sync.deadline, sync.deadline-factor)"));
    }
  }

  private void scale(ScaleRange scale) {
    if (scale.min() > scale.max()) {
      mistakes.add(resolved.line("data.scale.min", "at most data.scale.max = " + scale.max()));
    }
  }

  /** A root that waits for an environment variable is left to those who need it. */
  private void evaluation(EvaluationSet set) {
    String root = "data.evaluation.root";
    if (set.type().isPresent() && set.root().isEmpty() && !resolved.isIncomplete(root)) {
      mistakes.add(resolved.line(root, "a folder, as data.evaluation.type = " + set.type().get()));
    }
    if (set.type().isEmpty() && set.root().isPresent()) {
      mistakes.add(
          resolved.line(
              "data.evaluation.type", "a type, as data.evaluation.root = " + set.root().get()));
    }
  }

  private void evaluateResize(Size size) {
    if ((size.width() == 0) != (size.height() == 0)) {
      String zero = size.width() == 0 ? "width" : "height";
      mistakes.add(
          resolved.line("evaluate.resize." + zero, "both width and height to be 0, or neither"));
    }
  }
}
