package org.stylemining.training;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.stylemining.adapt.RainFolder;
import org.stylemining.adapt.Schedule;
import org.stylemining.adapt.TaskTraining;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.IntervalConfig;
import org.stylemining.config.PretrainConfig;
import org.stylemining.config.StateRule;
import org.stylemining.data.Augmentation;
import org.stylemining.data.Datasets;
import org.stylemining.data.SourceOrder;
import org.stylemining.device.DeviceRequest;
import org.stylemining.image.RgbImage;
import org.stylemining.provenance.Provenance;
import org.stylemining.shard.RoundSchedule;
import org.stylemining.shard.SourceImages;
import org.stylemining.shard.SourceShards;
import org.stylemining.weights.Checkpoint;
import org.stylemining.weights.NamedTensor;

/** Joins a configuration's networks and trainers to the rounds. */
public final class TrainerWiring {
  /** Keys that the training of the task network does not look at. */
  public static final Pattern UNUSED_IN_TRAINING = Pattern.compile("style\\.pretrain\\..*");

  /** Keys that the training of the generator does not look at. */
  public static final Pattern UNUSED_IN_PRETRAINING =
      Pattern.compile(
          "(model|mining|training|data\\.target|data\\.supervised)\\..*"
              + "|sync\\.(interval|outer|statistics|final-model)\\..*|sync\\.(optimizer-state|weight)");

  private TrainerWiring() {}

  /**
   * The task network, with the weights it starts from.
   *
   * @throws org.stylemining.config.UserMistake where {@code model.initial-weights} names none, or
   *     another network's
   */
  static TaskForm form(AsmConfig config, Configuration hadoop) throws IOException {
    Optional<Map<String, NamedTensor>> given = Optional.empty();
    String where = "";
    if (config.model().initialWeights().isPresent()) {
      where = "model.initial-weights = " + config.model().initialWeights().get();
      Map<String, NamedTensor> model =
          Checkpoint.read(new Path(config.model().initialWeights().get()), hadoop).result().model();
      TaskTraining.requireFit(config, where, model);
      given = Optional.of(model);
    }
    return new TaskForm(config, given, where);
  }

  /** The workers' trainers; the anchors' styles are computed here, once. */
  static TaskTraining trainers(
      AsmConfig config, Optional<RainFolder> rain, Iterable<RgbImage> anchors) {
    return switch (config.training().method()) {
      case SOURCE_ONLY, SUPERVISED -> TaskTraining.asTheyAre(config);
      case COLOUR_STATISTICS -> TaskTraining.inColoursOf(config, anchors);
      case ASM ->
          TaskTraining.towards(
              config,
              rain.orElseThrow(),
              anchors,
              "style.rain = " + config.style().rain().orElseThrow());
    };
  }

  /** What the executors get for the training of the task network. */
  static WorkerKit kit(
      AsmConfig config, TaskTraining trainers, int runsAtOnce, Configuration hadoop) {
    return new WorkerKit(
        UUID.randomUUID().toString(),
        runsAtOnce,
        trainers,
        new SourceImages(Datasets.of(config), Augmentation.of(config), hadoop),
        DeviceRequest.of(config.cluster()));
  }

  /** What the driver's loop needs for the training of the task network. */
  static RunPlan plan(
      AsmConfig config,
      TaskForm form,
      TaskTraining trainers,
      SourceOrder order,
      int workers,
      Provenance provenance) {
    return new RunPlan(
        form,
        // A state that begins with zero in every round is the workers' own affair.
        config.sync().optimizerState() == StateRule.RESET
            ? 0
            : TaskTraining.optimizer(config.training()).statesPerParameter() * form.size(),
        new SourceShards(
            order,
            workers,
            config.training().batch(),
            trainers.updatesPerBatch(),
            schedule(config, trainers.updatesPerBatch())),
        config.data().maxBadFraction(),
        config.checkpoint(),
        config.sync(),
        config.seed(),
        config.render(),
        provenance);
  }

  /** The lengths of the rounds in which the task network is trained. */
  static RoundSchedule schedule(AsmConfig config, int updatesPerBatch) {
    IntervalConfig interval = config.sync().interval();
    long batches = SourceShards.wholeBatches(config.training().updates(), updatesPerBatch);
    long every = SourceShards.wholeBatches(config.cluster().syncEvery(), updatesPerBatch);
    return switch (interval.rule()) {
      case FIXED -> RoundSchedule.fixed(batches, every);
      case POST_LOCAL -> RoundSchedule.postLocal(batches, updatesPerBatch, interval.from(), every);
      case QUADRATIC -> {
        Schedule rates = Schedule.of(config.training());
        long warm = config.training().warmUp();
        yield RoundSchedule.quadratic(
            batches,
            updatesPerBatch,
            every,
            interval.longest(),
            interval.coefficient(),
            update -> rates.rate(Math.max(update, warm)));
      }
    };
  }

  /** How the workers' results become the next round's start. */
  static MeanRule meanRule(AsmConfig config, RunPlan plan) {
    Schedule rates = Schedule.of(config.training());
    return new MeanRule(
        config.sync().weight(),
        plan.form().learned(),
        config.sync().outer(),
        round -> rates.rate(plan.shards().updatesAfter(round - 1)));
  }

  /** How source images are cut for the generator's training: resized, then a square. */
  public static Augmentation pretrainAugmentation(AsmConfig config) {
    PretrainConfig pretrain = config.style().pretrain();
    return new Augmentation(
        config.seed(),
        pretrain.resize().width(),
        pretrain.resize().height(),
        1,
        1,
        pretrain.crop(),
        pretrain.crop(),
        config.data().mirror());
  }
}
