package org.stylemining.adapt;

import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.BatchRule;
import org.stylemining.config.Encoder;
import org.stylemining.config.FinalModel;
import org.stylemining.config.OuterOptimizer;
import org.stylemining.config.PretrainConfig;
import org.stylemining.config.Size;
import org.stylemining.config.StateRule;
import org.stylemining.config.StyleConfig;
import org.stylemining.config.SyncConfig;
import org.stylemining.data.LabelSpaces;
import org.stylemining.task.NetworkExtent;

/**
 * Native memory that one worker is estimated to need, in bytes. The factors were measured with
 * {@code bin/asm bench step}; docs/resources.md shows how well they fit.
 *
 * @param network parameters, gradients, optimizer state
 * @param carried parameters and state as a worker takes and gives them back, on a cluster
 * @param activations of the task network
 * @param generator its parameters and activations; 0 where there is none
 * @param savedBy keys that make it smaller
 */
public record WorkerMemory(
    long network, long carried, long activations, long generator, String savedBy) {
  /** What a JVM and its libraries take beside heap and arrays. */
  public static final long PROCESS = 400L << 20;

  private static final long SPARK_HEAP = 256L << 20;

  private static final long GIB = 1L << 30;
  private static final int FLOAT = Float.BYTES;

  /** theta, its gradient and kernels in other forms, beside the optimizer's state. */
  private static final double TRAINED_COPIES = 2.4;

  /** Parameters and the transformed kernels that a network without gradients keeps. */
  private static final double FROZEN_COPIES = 2.5;

  /** Memory of a step for each byte of kept values: gradients, padded copies, pooled sizes. */
  private static final double STEP_FACTOR = 1.08;

  /** The same where no gradient is wanted and layers give their input back: values per pixel. */
  private static final double FORWARD_VALUES = 440;

  /** Adam's, which trains the generator. */
  private static final int GENERATOR_STATES = 2;

  /** Values for each pixel of a crop in the training of the small encoder with its decoder. */
  private static final double ENCODER_TRAINING_VALUES = 500;

  /** Crops at a time in the making of the style bank. */
  private static final int BANK_BATCH = 16;

  /**
   * A generator of full width.
   *
   * @param channels of the encoder's features
   * @param parameters of E and D, half of them each
   * @param valuesPerPixel that E, D and D's backward pass hold for each pixel of the source image
   * @param trainingValues that a step of D's own training holds for each pixel of a crop
   * @param encoderValues that E alone holds for each pixel
   */
  private record Generator(
      int channels,
      long parameters,
      double valuesPerPixel,
      double trainingValues,
      double encoderValues) {
    static Generator of(AsmConfig config) {
      return switch (config.style().encoder()) {
        case VGG19 -> new Generator(512, 7_000_000, 1550, 1750, 740);
        case SQUEEZENET -> new Generator(256, 1_200_000, 1270, 1040, 85);
        case TRAINED -> new Generator(64, 150_000, 720, 600, 75);
      };
    }

    long autoEncoder(StyleConfig style) {
      int hidden = style.hidden();
      return 2L * hidden * (channels + hidden)
          + 2L * hidden * channels
          + 3L * hidden * style.latent();
    }

    /** Parameters of D and the auto-encoder. */
    long trained(StyleConfig style) {
      return parameters / 2 + autoEncoder(style);
    }
  }

  private static final long SCRATCH = 64L << 20;
  private static final double SCRATCH_SHARE = 0.02;

  /**
   * What training of the task network needs.
   *
   * @param config of the run
   */
  public static WorkerMemory training(AsmConfig config) {
    NetworkExtent extent = extent(config);
    Size crop = config.data().crop();
    double pixels = (double) crop.width() * crop.height();
    int batch = config.training().batch();
    boolean adapts = config.training().method().usesGenerator();
    int images =
        config.training().method().usesAnchors()
                && config.mining().batch() == BatchRule.STYLISED_AND_SOURCE
            ? 2 * batch
            : batch;
    int states = states(config);
    return new WorkerMemory(
        (long) (FLOAT * (TRAINED_COPIES + states) * extent.parameters()),
        carried(extent, states),
        (long) (STEP_FACTOR * FLOAT * extent.valuesPerPixel() * pixels * images)
            + attention(extent, pixels, images),
        adapts ? generator(config, pixels * batch) : 0,
        "data.crop, training.batch, or model.width");
  }

  /**
   * What labelling images needs.
   *
   * @param input size of the network's input
   * @param batch images at a time
   */
  public static WorkerMemory inference(AsmConfig config, Size input, int batch) {
    NetworkExtent extent = extent(config);
    double pixels = (double) input.width() * input.height();
    return new WorkerMemory(
        (long) (FLOAT * FROZEN_COPIES * extent.parameters()),
        0,
        (long) (FLOAT * FORWARD_VALUES * pixels * batch) + attention(extent, pixels, batch),
        0,
        "evaluate.resize");
  }

  /**
   * What the parts of the training of the generator need, which come one after the other.
   *
   * @param encoder the small encoder's training; null where it is not trained
   * @param decoder the training of D and the auto-encoder
   * @param bank the style vectors
   */
  record Pretraining(WorkerMemory encoder, WorkerMemory decoder, WorkerMemory bank) {
    static Pretraining of(AsmConfig config) {
      PretrainConfig pretrain = config.style().pretrain();
      Generator kind = Generator.of(config);
      double pixels = (double) pretrain.crop() * pretrain.crop();
      return new Pretraining(
          config.style().encoder() == Encoder.TRAINED
              ? pretraining(
                  kind.parameters,
                  0,
                  ENCODER_TRAINING_VALUES * pixels * pretrain.encoderTraining().batch(),
                  "style.pretrain.crop or style.pretrain.encoder-training.batch")
              : null,
          pretraining(
              kind.trained(config.style()),
              kind.parameters / 2,
              kind.trainingValues * pixels * pretrain.batch(),
              "style.pretrain.crop or style.pretrain.batch"),
          new WorkerMemory(
              (long) (FLOAT * FROZEN_COPIES * (kind.parameters + kind.autoEncoder(config.style()))),
              0,
              (long) (FLOAT * kind.encoderValues * pixels * BANK_BATCH),
              0,
              "style.pretrain.crop"));
    }
  }

  /** What the training of the generator needs, in the part of it that needs most. */
  public static WorkerMemory pretraining(AsmConfig config) {
    Pretraining parts = Pretraining.of(config);
    return Stream.of(parts.decoder(), parts.bank(), parts.encoder())
        .filter(Objects::nonNull)
        .max(Comparator.comparingLong(WorkerMemory::arrays))
        .orElseThrow();
  }

  private static WorkerMemory pretraining(
      long trained, long frozen, double values, String savedBy) {
    return new WorkerMemory(
        (long) (FLOAT * ((TRAINED_COPIES + GENERATOR_STATES) * trained + FROZEN_COPIES * frozen)),
        (1L + GENERATOR_STATES) * FLOAT * trained,
        (long) (FLOAT * values),
        0,
        savedBy);
  }

  /**
   * Arrays of the driver that trains the generator, bytes: it averages, and afterwards trains the
   * auto-encoder and encodes the target.
   */
  public static long pretrainingDriver(AsmConfig config) {
    Generator kind = Generator.of(config);
    Size target = config.data().resize();
    WorkerMemory after =
        pretraining(
            kind.trained(config.style()),
            kind.parameters / 2,
            kind.encoderValues * target.width() * target.height(),
            "");
    return Math.max(FLOAT * kind.trained(config.style()) + after.carried, after.withoutCarried());
  }

  /** The same as {@link #averagingHeap} of the generator, with its weights as they travel. */
  public static long pretrainingHeap(AsmConfig config) {
    Generator kind = Generator.of(config);
    long trained = FLOAT * kind.trained(config.style());
    return 3 * (1L + GENERATOR_STATES) * trained
        + 2 * (trained + FLOAT * kind.parameters / 2)
        + SPARK_HEAP;
  }

  /**
   * Arrays of the driver that averages the task network, bytes: the network, what is sent, and a
   * network each for the outer optimizer's momentum, the mean of models, and statistics computed
   * anew.
   */
  public static long averaging(AsmConfig config) {
    NetworkExtent extent = extent(config);
    SyncConfig sync = config.sync();
    int networks = 1;
    networks += sync.outer().optimizer() == OuterOptimizer.NONE ? 0 : 1;
    networks += sync.finalModel().rule() == FinalModel.LAST ? 0 : 1;
    networks += sync.statistics().batches() == 0 ? 0 : 1;
    return networks * FLOAT * extent.parameters() + carried(extent, sentStates(config));
  }

  /**
   * What averaging needs of a cluster's Java heaps, the driver's and each executor's, bytes: the
   * broadcast as bytes and as values, as much again for slices and what is not swept yet, and
   * Spark.
   */
  public static long averagingHeap(AsmConfig config) {
    return averagingHeap(config, 1);
  }

  /** The same of so many runs that train beside each other. */
  public static long averagingHeap(AsmConfig config, int runs) {
    return 3 * runs * carried(extent(config), sentStates(config)) + SPARK_HEAP;
  }

  private static int sentStates(AsmConfig config) {
    return config.sync().optimizerState() == StateRule.RESET ? 0 : states(config);
  }

  private static long carried(NetworkExtent extent, int states) {
    return (1L + states) * FLOAT * extent.parameters();
  }

  private static int states(AsmConfig config) {
    return TaskTraining.optimizer(config.training()).statesPerParameter();
  }

  private static NetworkExtent extent(AsmConfig config) {
    return NetworkExtent.of(config.model(), LabelSpaces.of(config.data()).count());
  }

  /** Attention compares every pixel of the last features with every other, three times. */
  private static long attention(NetworkExtent extent, double pixels, int images) {
    double last = pixels / (NetworkExtent.STRIDE * NetworkExtent.STRIDE);
    return extent.attention() ? (long) (FLOAT * 3 * last * last * images) : 0;
  }

  /** E, D and the auto-encoder of full width, with the gradient at the code. */
  private static long generator(AsmConfig config, double pixels) {
    Generator kind = Generator.of(config);
    return (long)
        (FLOAT
            * (FROZEN_COPIES * kind.parameters
                + kind.autoEncoder(config.style())
                + kind.valuesPerPixel * pixels));
  }

  /** Arrays of one worker, bytes. */
  public long arrays() {
    return withoutCarried() + carried;
  }

  /** The same without what only a cluster's workers have. */
  long withoutCarried() {
    return network + activations + generator;
  }

  /** What oneDNN and OpenBLAS take for themselves beside them, bytes. */
  public long scratch() {
    return SCRATCH + (long) (SCRATCH_SHARE * arrays());
  }

  /** {@code 8.3 GiB: network 1.1 GiB, activations 6.5 GiB, generator 716 MiB}. */
  @Override
  public String toString() {
    return "%s: network %s, activations %s%s"
        .formatted(
            text(arrays()),
            text(network + carried),
            text(activations),
            generator == 0 ? "" : ", generator " + text(generator));
  }

  /** An amount of memory in words: {@code 8.3 GiB}, {@code 716 MiB}. */
  public static String text(long bytes) {
    return bytes >= GIB
        ? String.format(Locale.ROOT, "%.1f GiB", bytes / (double) GIB)
        : (bytes >> 20) + " MiB";
  }
}
