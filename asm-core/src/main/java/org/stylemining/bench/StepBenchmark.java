package org.stylemining.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.stylemining.adapt.Learner;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.adapt.Optimizer;
import org.stylemining.adapt.Predictor;
import org.stylemining.adapt.RainFolder;
import org.stylemining.adapt.Schedule;
import org.stylemining.adapt.StyleMining;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.Backbone;
import org.stylemining.config.BatchRule;
import org.stylemining.config.ConfigReader;
import org.stylemining.config.OptimizerKind;
import org.stylemining.config.StepRule;
import org.stylemining.data.Datasets;
import org.stylemining.data.LabelledImage;
import org.stylemining.data.SourceBatch;
import org.stylemining.dataset.Sample;
import org.stylemining.image.LabelMap;
import org.stylemining.image.RgbImage;
import org.stylemining.mining.Codes;
import org.stylemining.mining.MiningStep;
import org.stylemining.mining.Noise;
import org.stylemining.mining.SamplingStrategy;
import org.stylemining.mining.StyleAnchor;
import org.stylemining.nn.ArrayMemory;
import org.stylemining.nn.BatchNorm;
import org.stylemining.nn.Buffers;
import org.stylemining.pretrain.BankVectors;
import org.stylemining.pretrain.EncoderTraining;
import org.stylemining.pretrain.GeneratorTraining;
import org.stylemining.pretrain.PretrainWorkers;
import org.stylemining.pretrain.StyleImages;
import org.stylemining.style.EncoderKind;
import org.stylemining.style.Rain;
import org.stylemining.task.Architecture;
import org.stylemining.task.DeepLabV2;
import org.stylemining.task.ResNet18;
import org.stylemining.task.TaskModel;

/**
 * One executor's local work at full width: E once, then per mining step D_vae, AdaIN, D, M forward
 * and backward, and SGD, by the classes that train. Weights and images are random: the time does
 * not depend on them.
 */
public final class StepBenchmark {
  private static final int SEGMENTATION_CLASSES = 19;
  private static final int CLASSIFICATION_CLASSES = 10;

  private static final int LATENT = 512;
  private static final int HIDDEN = 1024;
  private static final double CONSISTENCY = 2e-4;

  /** What is timed. */
  public enum Work {
    /** Iterations of mining with DeepLab-v2 on ResNet-101. */
    SEGMENTATION,
    /** Iterations of mining with ResNet-18. */
    CLASSIFICATION,
    /** DeepLab-v2's labels of one image. */
    INFERENCE,
    /** Steps of {@code pretrain}'s training of decoder and auto-encoder, by the official rule. */
    DECODER,
    /** Steps of {@code pretrain}'s training of the small encoder. */
    ENCODER,
    /** Style vectors for {@code pretrain}'s style bank. */
    BANK
  }

  /**
   * The size of the work.
   *
   * @param backbone of DeepLab-v2
   * @param encoder of the generator
   * @param height of the images, pixels
   * @param width of the images, pixels
   * @param batch source images per iteration
   * @param depth mining steps per iteration
   * @param everyGradient whether the last step's gradient at the code is computed too, which
   *     training does without
   */
  public record Settings(
      Work work,
      Backbone backbone,
      EncoderKind encoder,
      int height,
      int width,
      int batch,
      int depth,
      boolean everyGradient) {}

  private final Settings settings;

  public StepBenchmark(Settings settings) {
    this.settings = settings;
  }

  /** Prints one line per iteration. */
  public void run(int iterations, PrintStream out) {
    try (Buffers buffers = new Buffers(DataType.FLOAT)) {
      switch (settings.work()) {
        case SEGMENTATION, CLASSIFICATION -> mining(iterations, buffers, out);
        case INFERENCE -> inference(iterations, buffers, out);
        case DECODER, ENCODER, BANK -> pretraining(iterations, buffers, out);
      }
    }
  }

  private void pretraining(int iterations, Buffers buffers, PrintStream out) {
    AsmConfig config =
        ConfigReader.parse(
            "",
            "the default configuration",
            List.of(
                "style.encoder=" + settings.encoder().name().toLowerCase(Locale.ROOT),
                "style.pretrain.photo-styles=1",
                "style.pretrain.crop=" + Math.min(settings.height(), settings.width())));
    SourceBatch batch = batch();
    if (settings.work() == Work.ENCODER) {
      try (LocalTrainer trainer =
          new EncoderTraining(
                  config.style().pretrain().encoderTraining(), config.style().pretrain().crop(), 1)
              .create()) {
        train(trainer, batch, iterations, out);
      }
      return;
    }
    RainFolder folder;
    try (Rain rain =
        new Rain(new Rain.Architecture(settings.encoder(), 1, LATENT, HIDDEN), buffers, false)) {
      rain.encoderParameters().initialise(2);
      rain.parameters().initialise(3);
      folder = RainFolder.of(rain);
    }
    // All styles are the source images' own: no style image is read.
    StyleImages styles =
        new StyleImages(
            List.of(new Sample("none", "none", Optional.empty(), 0)), 1, Datasets.installed());
    if (settings.work() == Work.DECODER) {
      try (LocalTrainer trainer = new GeneratorTraining(config, folder, styles).create()) {
        train(trainer, batch, iterations, out);
      }
      return;
    }
    try (PretrainWorkers.BatchFunction.Open bank =
        new BankVectors(folder, styles, config.style().pretrain().crop(), 1, 1).open()) {
      for (int i = 0; i < iterations; i++) {
        ProcessUsage before = ProcessUsage.now();
        bank.apply(batch);
        print(out, i, before, settings.batch(), "style");
      }
    }
  }

  private static void train(
      LocalTrainer trainer, SourceBatch batch, int iterations, PrintStream out) {
    for (int i = 0; i < iterations; i++) {
      ProcessUsage before = ProcessUsage.now();
      trainer.train(batch, i);
      print(out, i, before, 1, "update");
    }
  }

  private void mining(int iterations, Buffers buffers, PrintStream out) {
    Rain.Architecture generator = new Rain.Architecture(settings.encoder(), 1, LATENT, HIDDEN);
    try (Rain rain = new Rain(generator, buffers, false);
        Learner learner =
            new Learner(
                model(buffers, true),
                new Optimizer(OptimizerKind.SGD, 0.9, 5e-4, 10),
                new Schedule(2.5e-4, 0.9, 0, Integer.MAX_VALUE))) {
      rain.encoderParameters().initialise(2);
      rain.parameters().initialise(3);
      StyleMining method =
          new StyleMining(
              rain,
              sampling(),
              new StyleMining.Options(
                  settings.depth(), CONSISTENCY, BatchRule.STYLISED_AND_SOURCE));
      SourceBatch batch = batch();
      for (int i = 0; i < iterations; i++) {
        ProcessUsage before = ProcessUsage.now();
        method.train(batch, (long) i * settings.depth(), learner);
        print(out, i, before, settings.depth(), "mining step");
      }
    }
  }

  private void inference(int iterations, Buffers buffers, PrintStream out) {
    try (Predictor predictor =
        new Predictor(model(buffers, false), settings.width(), settings.height())) {
      RgbImage image = image(new Random(1));
      for (int i = 0; i < iterations; i++) {
        ProcessUsage before = ProcessUsage.now();
        predictor.predict(image, settings.width(), settings.height());
        print(out, i, before, 1, "image");
      }
    }
  }

  private static void print(
      PrintStream out, int iteration, ProcessUsage before, int parts, String part) {
    ProcessUsage now = ProcessUsage.now();
    double wall = now.wall() - before.wall();
    out.printf(
        Locale.ROOT,
        "iteration %d wall %.2f s cpu %.2f s, %.3f s per %s, arrays %d MB, peak %d MB%n",
        iteration,
        wall,
        now.cpu() - before.cpu(),
        wall / parts,
        part,
        ArrayMemory.bytes() >> 20,
        now.peakBytes() >> 20);
    out.flush();
  }

  private TaskModel model(Buffers buffers, boolean trained) {
    TaskModel model =
        settings.work() == Work.CLASSIFICATION
            ? new ResNet18(classes(), 1, new BatchNorm.Options(true, true, 0.1), buffers, trained)
            : new DeepLabV2(
                new Architecture(
                    settings.backbone(),
                    1,
                    classes(),
                    List.of(6, 12, 18, 24),
                    false,
                    new BatchNorm.Options(false, true, 0.1)),
                buffers,
                trained);
    model.parameters().initialise(1);
    return model;
  }

  private int classes() {
    return settings.work() == Work.CLASSIFICATION ? CLASSIFICATION_CLASSES : SEGMENTATION_CLASSES;
  }

  private SamplingStrategy sampling() {
    float[] deviations = new float[LATENT];
    Arrays.fill(deviations, 1f);
    SamplingStrategy mined =
        SamplingStrategy.adversarial(
            new StyleAnchor(List.of(new float[LATENT]), List.of(deviations)),
            new Noise(1),
            new MiningStep(StepRule.INVERSE_LOSS, 20));
    return settings.everyGradient() ? new EveryGradient(mined) : mined;
  }

  /** Asks for the gradient of every step. */
  private record EveryGradient(SamplingStrategy strategy) implements SamplingStrategy {
    @Override
    public Codes next(
        long[] positions, int miningStep, Codes previous, double[][] gradient, double loss) {
      return strategy.next(positions, miningStep, previous, gradient, loss);
    }

    @Override
    public boolean usesGradient(int miningStep, int depth) {
      return true;
    }
  }

  private SourceBatch batch() {
    Random random = new Random(1);
    List<LabelledImage> images = new ArrayList<>();
    long[] positions = new long[settings.batch()];
    for (int b = 0; b < settings.batch(); b++) {
      positions[b] = b;
      images.add(new LabelledImage(image(random), labels(random)));
    }
    return new SourceBatch(images, positions, List.of());
  }

  private RgbImage image(Random random) {
    byte[] rgb = new byte[3 * settings.height() * settings.width()];
    random.nextBytes(rgb);
    return new RgbImage(settings.width(), settings.height(), rgb);
  }

  private LabelMap labels(Random random) {
    boolean whole = settings.work() == Work.CLASSIFICATION;
    int width = whole ? 1 : settings.width();
    byte[] ids = new byte[whole ? 1 : settings.height() * settings.width()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (byte) random.nextInt(classes());
    }
    return new LabelMap(width, ids.length / width, ids);
  }
}
