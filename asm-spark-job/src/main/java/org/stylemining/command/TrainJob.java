package org.stylemining.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.adapt.RainFolder;
import org.stylemining.adapt.WorkerMemory;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.Method;
import org.stylemining.config.UserMistake;
import org.stylemining.data.AnchorImages;
import org.stylemining.data.ConfiguredSets;
import org.stylemining.data.Datasets;
import org.stylemining.data.SampleReader;
import org.stylemining.data.SourceOrder;
import org.stylemining.dataset.Sample;
import org.stylemining.device.MemoryNeed;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.Resize;
import org.stylemining.image.RgbImage;
import org.stylemining.monitoring.SparkMonitor;
import org.stylemining.provenance.Provenance;
import org.stylemining.report.RunFolder;
import org.stylemining.training.Adaptation;
import org.stylemining.training.RunStart;
import org.stylemining.training.TrainerWiring;
import org.stylemining.weights.Checkpoint;

/** What {@code train} does. */
final class TrainJob implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainJob.class);

  /** Anchors that are read before work begins, to find out that they can be. */
  private static final int MOST_READ_AHEAD = 16;

  private final String experiment;
  private final AsmConfig config;
  private final Configuration hadoop;
  private final JobFolder folder;
  private final Optional<Checkpoint> checkpoint;
  private final ConfiguredSets sets;
  private final SourceOrder order;
  private final Optional<RainFolder> rain;
  private final List<Sample> anchors;

  private TrainJob(
      String experiment,
      AsmConfig config,
      Configuration hadoop,
      JobFolder folder,
      Optional<Checkpoint> checkpoint,
      ConfiguredSets sets,
      SourceOrder order,
      Optional<RainFolder> rain,
      List<Sample> anchors) {
    this.experiment = experiment;
    this.config = config;
    this.hadoop = hadoop;
    this.folder = folder;
    this.checkpoint = checkpoint;
    this.sets = sets;
    this.order = order;
    this.rain = rain;
    this.anchors = anchors;
  }

  /**
   * Checks all that can be checked before work begins, and takes the folder for itself.
   *
   * @throws UserMistake with every mistake
   */
  static TrainJob check(ConfArguments conf, String out, boolean resume) throws IOException {
    AsmConfig config = conf.read();
    Configuration hadoop = SparkRun.hadoop();
    ConfiguredSets sets = new ConfiguredSets(config, hadoop);
    Checks checks = new Checks();
    return JobFolder.take(
        "train",
        conf,
        out,
        resume,
        hadoop,
        checks,
        folder -> check(conf, config, hadoop, sets, checks, folder));
  }

  private static TrainJob check(
      ConfArguments conf,
      AsmConfig config,
      Configuration hadoop,
      ConfiguredSets sets,
      Checks checks,
      Optional<JobFolder> folder)
      throws IOException {
    Optional<Optional<Checkpoint>> checkpoint =
        folder.isEmpty()
            ? Optional.empty()
            : checks.find(() -> RunStart.find(folder.get().run(), folder.get().goesOn()));
    Optional<SourceOrder> order = checks.find(sets::trained);
    Optional<RainFolder> rain = Optional.empty();
    if (config.training().method().usesGenerator()) {
      rain = checks.find(() -> RainFolder.read(new Path(config.requireRain()), hadoop));
    }
    Optional<List<Sample>> anchors = Optional.of(List.of());
    if (config.training().method().usesAnchors()) {
      anchors = checks.find(() -> anchors(sets, config, hadoop));
    }
    if (checkpoint.isPresent() && checkpoint.get().isPresent()) {
      Checkpoint found = checkpoint.get().get();
      checks.require(
          () ->
              RunStart.requireSameConfiguration(
                  found, config.render(), TrainerWiring.UNUSED_IN_TRAINING));
      checks.require(
          () -> RunStart.workers(Optional.of(found), config.cluster().workers(), () -> 0));
    }
    if (conf.repeated().isPresent()) {
      requireSame(conf.repeated().get(), config, hadoop, checks);
    }
    checks.done();
    return new TrainJob(
        conf.experiment(),
        config,
        hadoop,
        folder.orElseThrow(),
        checkpoint.orElseThrow(),
        sets,
        order.orElseThrow(),
        rain,
        anchors.orElseThrow());
  }

  /** Tells how a repetition differs from the run that it repeats. */
  private static void requireSame(
      Repetition repeated, AsmConfig config, Configuration hadoop, Checks checks)
      throws IOException {
    repeated.warnings().forEach(LOG::warn);
    Optional<Inputs> inputs = checks.find(() -> Inputs.ofTraining(config, hadoop));
    if (inputs.isPresent()) {
      checks.require(() -> repeated.requireSame(inputs.get()));
      if (repeated.allowOtherData()) {
        repeated.differences(inputs.get()).forEach(LOG::warn);
      }
    }
  }

  AsmConfig config() {
    return config;
  }

  /** The run's folder. */
  RunFolder folder() {
    return folder.run();
  }

  void run(SparkRun spark) throws IOException {
    run(spark, "", 1, System.out);
  }

  /**
   * The same beside other runs.
   *
   * @param name of this one among them
   * @param atOnce runs that train at the same time
   * @param progress where a person watches
   */
  void run(SparkRun spark, String name, int atOnce, PrintStream progress) throws IOException {
    spark.watched(
        "train " + folder.run().path(),
        title(),
        folder.run().fileSystem(),
        folder.run().logs(),
        () -> {
          train(spark, name, atOnce, progress);
          return null;
        });
  }

  /** The method, as Spark's pages show it. */
  private String title() {
    Method method = config.training().method();
    return method == Method.ASM ? config.mining().sampling().word() : method.word();
  }

  private void train(SparkRun spark, String name, int atOnce, PrintStream progress)
      throws IOException {
    spark.bindDriver(config);
    int slots = spark.slots(config);
    int workers = RunStart.workers(checkpoint, config.cluster().workers(), () -> slots);
    spark.requireMemory(config, memory(config, atOnce), atOnce * workers);
    if (slots < workers) {
      LOG.warn(
          "{} workers share {} task slots: they train one after the other, with the same result",
          workers,
          slots);
    }
    sets.tooFewShards(workers).forEach(LOG::warn);
    Provenance provenance =
        folder.begin(
            spark,
            experiment,
            config,
            workers,
            Inputs.ofTraining(config, hadoop),
            checkpoint.isPresent());
    if (!anchors.isEmpty()) {
      keepAnchor();
    }
    new Adaptation(
            spark.context(),
            config,
            folder.run(),
            folder.lease(),
            SparkMonitor.of(spark.context().sc(), name, config.report(), folder.run()),
            atOnce,
            progress)
        .run(order, rain, pictures(anchors, config, hadoop), workers, checkpoint, provenance);
    folder.end(provenance);
  }

  /** What so many runs that train beside each other need. */
  static MemoryNeed memory(AsmConfig config, int atOnce) {
    return new MemoryNeed(
        WorkerMemory.training(config),
        atOnce * WorkerMemory.averaging(config),
        WorkerMemory.averagingHeap(config, atOnce));
  }

  /** Gives the folder free. */
  @Override
  public void close() {
    folder.close();
  }

  private void keepAnchor() throws IOException {
    RgbImage small =
        Resize.bicubic(
            pictures(anchors, config, hadoop).iterator().next(),
            config.data().resize().width(),
            config.data().resize().height());
    Outputs.write(
        folder.run().fileSystem(), folder.run().anchorPicture(), ImageFiles.encodePng(small));
  }

  /** The anchors, the first of which can be read: of thousands the others are read once, later. */
  static List<Sample> anchors(ConfiguredSets sets, AsmConfig config, Configuration hadoop)
      throws IOException {
    List<Sample> anchors = sets.anchors();
    pictures(anchors.subList(0, Math.min(MOST_READ_AHEAD, anchors.size())), config, hadoop)
        .forEach(picture -> {});
    return anchors;
  }

  private static Iterable<RgbImage> pictures(
      List<Sample> anchors, AsmConfig config, Configuration hadoop) {
    return AnchorImages.reading(anchors, new SampleReader(Datasets.of(config), hadoop));
  }
}
