package org.stylemining.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks between keys, in blocks that hold no mistake in themselves. */
final class CrossChecks {
  private static final int FEWEST_CLASSES = 2;

  /** One byte holds a class, and one value of it stands for none. */
  private static final int MOST_CLASSES = 255;

  private final Binder bound;
  private final Resolved resolved;
  private final Mistakes mistakes;

  CrossChecks(Binder bound, Resolved resolved, Mistakes mistakes) {
    this.bound = bound;
    this.resolved = resolved;
    this.mistakes = mistakes;
  }

  void check() {
    bound.block("data", DataConfig.class).ifPresent(this::labels);
    bound.block("data.scale", ScaleRange.class).ifPresent(this::scale);
    bound.block("data.supervised", SupervisedSet.class).ifPresent(this::supervised);
    bound.block("data.evaluation", EvaluationSet.class).ifPresent(this::evaluation);
    bound.block("evaluate.resize", Size.class).ifPresent(this::evaluateResize);
    bound.block("sync", SyncConfig.class).ifPresent(this::sync);
    bound.block("training", TrainingConfig.class).ifPresent(this::schedule);
    bound
        .block("model", ModelConfig.class)
        .ifPresent(
            model -> bound.block("data", DataConfig.class).ifPresent(data -> network(model, data)));
    new AveragingChecks(bound, resolved, mistakes).check();
  }

  private void schedule(TrainingConfig training) {
    List<Integer> steps = training.steps();
    if (training.schedule() == ScheduleKind.STEP && steps.isEmpty()) {
      mistakes.add(
          resolved.line("training.steps", "at least one update, as training.schedule = step"));
    }
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i) <= steps.get(i - 1)) {
        mistakes.add(resolved.line("training.steps", "updates in ascending order"));
        return;
      }
    }
  }

  private void network(ModelConfig model, DataConfig data) {
    if (data.labels() == LabelSpaceName.CUSTOM) {
      // Whether a user's own classes are those of pixels, its data set knows.
      return;
    }
    boolean wholeImages = data.labels() == LabelSpaceName.DIGITS10;
    if (wholeImages == model.network().labelsPixels()) {
      mistakes.add(
          resolved.line(
              "model.network",
              "%s, as data.labels = %s are classes of %s"
                  .formatted(
                      (wholeImages ? TaskNetwork.RESNET18 : TaskNetwork.DEEPLAB_V2).word(),
                      data.labels().word(),
                      wholeImages ? "whole images" : "pixels")));
    }
  }

  private void labels(DataConfig data) {
    if (data.labels() != LabelSpaceName.CUSTOM) {
      if (!data.classes().isEmpty()) {
        mistakes.add(resolved.line("data.labels", "custom, as data.classes is set"));
      }
      return;
    }
    List<ClassDefinition> classes = data.classes();
    if (classes.size() < FEWEST_CLASSES || classes.size() > MOST_CLASSES) {
      mistakes.add(
          resolved.line(
              "data.classes",
              "%d to %d classes, as data.labels = custom".formatted(FEWEST_CLASSES, MOST_CLASSES)));
    }
    Set<String> names = new HashSet<>();
    Set<Colour> colours = new HashSet<>();
    for (int i = 0; i < classes.size(); i++) {
      String key = "data.classes[" + i + "]";
      if (classes.get(i).name().isBlank() || !names.add(classes.get(i).name())) {
        mistakes.add(resolved.line(key + ".name", "a name that no other class has"));
      }
      if (!colours.add(classes.get(i).colour())) {
        mistakes.add(resolved.line(key + ".colour", "a colour that no other class has"));
      }
    }
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

  /** A type alone is well: the folder may come with the command. */
  private void supervised(SupervisedSet set) {
    if (set.type().isEmpty() && set.root().isPresent()) {
      mistakes.add(
          resolved.line(
              "data.supervised.type", "a type, as data.supervised.root = " + set.root().get()));
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
