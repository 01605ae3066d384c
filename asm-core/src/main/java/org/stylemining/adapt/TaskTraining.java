package org.stylemining.adapt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.Sampling;
import org.stylemining.config.TaskNetwork;
import org.stylemining.config.TrainingConfig;
import org.stylemining.config.UserMistake;
import org.stylemining.data.LabelSpaces;
import org.stylemining.image.Resize;
import org.stylemining.image.RgbImage;
import org.stylemining.mining.MiningStep;
import org.stylemining.mining.Noise;
import org.stylemining.mining.SamplingStrategy;
import org.stylemining.mining.StyleAnchor;
import org.stylemining.nn.Buffers;
import org.stylemining.nn.FeatureMap;
import org.stylemining.style.Rain;
import org.stylemining.task.TaskModel;
import org.stylemining.weights.NamedTensor;

/**
 * Everything that a worker needs to train the task model, sent to it once: configuration, generator
 * and anchor. Makes the workers' trainers.
 *
 * @param config of the run
 * @param rain the generator; none where the method needs none
 * @param anchor the target's style; none where the method needs none
 * @param colours the target's colours; none where the method needs none
 */
public record TaskTraining(
    AsmConfig config, RainFolder rain, StyleAnchor anchor, ColourAnchor colours)
    implements TrainerFactory {

  /** On images as they are: without adaptation, or with the target's labels. */
  public static TaskTraining asTheyAre(AsmConfig config) {
    return new TaskTraining(config, null, null, null);
  }

  /** In the colours of target images. */
  public static TaskTraining inColoursOf(AsmConfig config, Iterable<RgbImage> targets) {
    return new TaskTraining(config, null, null, ColourAnchor.of(targets));
  }

  /** With a generator, towards the style of target images. */
  public static TaskTraining towards(
      AsmConfig config, RainFolder rain, Iterable<RgbImage> targets, String where) {
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        Rain generator = rain.create(buffers, false, where)) {
      List<StyleAnchor> anchors = new ArrayList<>();
      for (RgbImage target : targets) {
        FeatureMap rgb = Images.toMap(List.of(asTrainedOn(config, target)), buffers);
        anchors.add(StyleAnchor.of(generator, List.of(rgb)));
        buffers.give(rgb);
      }
      return new TaskTraining(config, rain, StyleAnchor.joined(anchors), null);
    }
  }

  /**
   * A target image in the size that source images have when they are encoded: styles depend on it.
   */
  public static RgbImage asTrainedOn(AsmConfig config, RgbImage image) {
    return Resize.bicubic(image, config.data().resize().width(), config.data().resize().height());
  }

  /** The network of the configuration. */
  public static TaskModel model(AsmConfig config, Buffers buffers, boolean trained) {
    return TaskModel.of(config.model(), LabelSpaces.of(config.data()).count(), buffers, trained);
  }

  /** Parameters that a run starts from, by name: drawn by the seed, or given ones. */
  public static List<NamedTensor> initial(
      AsmConfig config, Optional<Map<String, NamedTensor>> given, String where) {
    try (Buffers buffers = new Buffers(DataType.FLOAT);
        TaskModel model = model(config, buffers, false)) {
      model.parameters().initialise(config.seed());
      given.ifPresent(tensors -> ParameterTensors.fill(model.parameters(), tensors, where));
      return ParameterTensors.of(model.parameters());
    }
  }

  /**
   * Checks that weights are those of the configuration's network.
   *
   * @param where the weights' file or folder, for messages
   * @param tensors by name
   * @throws UserMistake saying in what they differ
   */
  public static void requireFit(AsmConfig config, String where, Map<String, NamedTensor> tensors) {
    TaskNetwork network = config.model().network();
    if (ClassifierLayout.isIn(tensors) == network.labelsPixels()) {
      throw new UserMistake(
          "%s is of another network: model.network = %s, but it %s a classifier of whole images (%s)"
              .formatted(
                  where,
                  network.word(),
                  network.labelsPixels() ? "holds" : "does not hold",
                  ClassifierLayout.CLASSIFIER));
    }
    switch (network) {
      case DEEPLAB_V2 -> SegmentorLayout.of(where, tensors).requireFit(config, where);
      case RESNET18 -> ClassifierLayout.of(where, tensors).requireFit(config, where);
    }
  }

  /** How the configuration updates the model. */
  public static Optimizer optimizer(TrainingConfig training) {
    return new Optimizer(
        training.optimizer(),
        training.momentum(),
        training.weightDecay(),
        training.classifierRate());
  }

  /** The sampling strategy of the configuration. */
  public SamplingStrategy sampling() {
    return sampling(config.mining().sampling(), new Noise(config.seed()));
  }

  /** Another sampling strategy around the same anchor, with steps as configured. */
  public SamplingStrategy sampling(Sampling kind, Noise noise) {
    return switch (kind) {
      case ANCHORED -> SamplingStrategy.anchored(anchor, noise);
      case RANDOM -> SamplingStrategy.random(anchor, noise);
      case ADVERSARIAL ->
          SamplingStrategy.adversarial(
              anchor, noise, new MiningStep(config.mining().step(), config.mining().stepSize()));
    };
  }

  /** A learner with the configuration's network, its parameters not set yet. */
  public Learner learner(Buffers buffers) {
    return new Learner(
        model(config, buffers, true),
        optimizer(config.training()),
        Schedule.of(config.training()),
        config.model().batchNorm().momentum());
  }

  /** Style mining as configured, on a learner's buffers. */
  public StyleMining mining(Rain generator, int depth) {
    return mining(generator, depth, sampling());
  }

  /** The same with another sampling strategy. */
  public StyleMining mining(Rain generator, int depth, SamplingStrategy sampling) {
    return new StyleMining(
        generator,
        sampling,
        new StyleMining.Options(depth, config.mining().consistency(), config.mining().batch()));
  }

  @Override
  public LocalTrainer create() {
    Buffers buffers = new Buffers(DataType.FLOAT);
    Learner learner = learner(buffers);
    return switch (config.training().method()) {
      case SOURCE_ONLY, SUPERVISED -> new TaskTrainer(learner, new SourceOnly(), buffers::close);
      case COLOUR_STATISTICS -> new TaskTrainer(learner, recolouring(), buffers::close);
      case ASM -> {
        Rain generator = rain.create(buffers, false, "the broadcast generator");
        yield new TaskTrainer(
            learner,
            mining(generator, config.mining().depth()),
            () -> {
              generator.close();
              buffers.close();
            });
      }
    };
  }

  private Recolouring recolouring() {
    return new Recolouring(
        colours,
        new Noise(config.seed()),
        new Recolouring.Options(
            config.mining().depth(),
            config.training().colourJitter(),
            config.mining().consistency(),
            config.mining().batch()));
  }

  /** Updates made with one batch of images. */
  public int updatesPerBatch() {
    return config.training().method().usesAnchors() ? config.mining().depth() : 1;
  }
}
