package org.stylemining.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.stylemining.adapt.RainFolder;
import org.stylemining.adapt.WorkerMemory;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.Encoder;
import org.stylemining.config.UserMistake;
import org.stylemining.data.AnchorImages;
import org.stylemining.data.ConfiguredSets;
import org.stylemining.data.Datasets;
import org.stylemining.data.SampleReader;
import org.stylemining.data.SourceOrder;
import org.stylemining.data.packed.SetListing;
import org.stylemining.dataset.Sample;
import org.stylemining.device.MemoryNeed;
import org.stylemining.image.RgbImage;
import org.stylemining.pretrain.Pretraining;
import org.stylemining.provenance.Provenance;
import org.stylemining.report.RunFolder;
import org.stylemining.shard.SourceImages;
import org.stylemining.training.SparkPretraining;
import org.stylemining.training.TrainerWiring;

/** What {@code pretrain} does. */
final class PretrainJob implements AutoCloseable {
  private static final int MOST_TARGETS = 16;

  private final String experiment;
  private final AsmConfig config;
  private final Configuration hadoop;
  private final JobFolder folder;
  private final SourceOrder order;
  private final List<Sample> styles;
  private final List<RgbImage> targets;

  private PretrainJob(
      String experiment,
      AsmConfig config,
      Configuration hadoop,
      JobFolder folder,
      SourceOrder order,
      List<Sample> styles,
      List<RgbImage> targets) {
    this.experiment = experiment;
    this.config = config;
    this.hadoop = hadoop;
    this.folder = folder;
    this.order = order;
    this.styles = styles;
    this.targets = targets;
  }

  /**
   * Checks all that can be checked before work begins, and takes the folder for itself.
   *
   * @throws UserMistake with every mistake
   */
  static PretrainJob check(ConfArguments conf, String out, boolean resume) throws IOException {
    AsmConfig config = conf.read();
    Configuration hadoop = SparkRun.hadoop();
    ConfiguredSets sets = new ConfiguredSets(config, hadoop);
    Checks checks = new Checks();
    return JobFolder.take(
        "pretrain",
        conf,
        out,
        resume,
        hadoop,
        checks,
        folder -> check(conf, config, hadoop, sets, checks, folder));
  }

  private static PretrainJob check(
      ConfArguments conf,
      AsmConfig config,
      Configuration hadoop,
      ConfiguredSets sets,
      Checks checks,
      Optional<JobFolder> folder)
      throws IOException {
    if (folder.isPresent() && !folder.get().goesOn()) {
      checks.find(() -> unused(folder.get().run()));
    }
    Optional<SourceOrder> order = checks.find(sets::order);
    Optional<List<Sample>> styles = checks.find(() -> styles(config, sets, hadoop));
    // A generator can be trained without a target; then nothing is said of the target's style.
    Optional<List<RgbImage>> targets =
        config.data().target().root().isEmpty()
            ? Optional.of(List.of())
            : checks.find(() -> targets(sets, config, hadoop));
    if (config.style().encoder() != Encoder.TRAINED) {
      checks.require(config::requireEncoderWeights);
    }
    checks.done();
    return new PretrainJob(
        conf.experiment(),
        config,
        hadoop,
        folder.orElseThrow(),
        order.orElseThrow(),
        styles.orElseThrow(),
        targets.orElseThrow());
  }

  AsmConfig config() {
    return config;
  }

  void run(SparkRun spark) throws IOException {
    spark.watched(
        "pretrain " + folder.run().path(),
        "pretrain",
        folder.run().fileSystem(),
        folder.run().logs(),
        () -> {
          train(spark);
          return null;
        });
  }

  private void train(SparkRun spark) throws IOException {
    spark.bindDriver(config);
    int slots = spark.slots(config);
    int workers = config.cluster().workers() > 0 ? config.cluster().workers() : slots;
    spark.requireMemory(
        config,
        new MemoryNeed(
            WorkerMemory.pretraining(config),
            WorkerMemory.pretrainingDriver(config),
            WorkerMemory.pretrainingHeap(config)),
        workers);
    RunFolder out = folder.run();
    boolean further = folder.goesOn() && out.fileSystem().exists(SparkPretraining.phases(out));
    Provenance provenance =
        folder.begin(
            spark, experiment, config, workers, Inputs.ofPretraining(config, hadoop), further);
    SparkPretraining phases =
        new SparkPretraining(
            spark.context(),
            config,
            out,
            folder.goesOn(),
            order,
            new SourceImages(
                Datasets.of(config), TrainerWiring.pretrainAugmentation(config), hadoop),
            workers,
            provenance,
            folder.lease(),
            System.out);
    new Pretraining(config, hadoop, phases, targets, styles, System.out::println).run(out.path());
    folder.end(provenance);
  }

  /** Gives the folder free. */
  @Override
  public void close() {
    folder.close();
  }

  private static boolean unused(RunFolder folder) throws IOException {
    if (folder.fileSystem().exists(new Path(folder.path(), RainFolder.FILE))
        || folder.fileSystem().exists(SparkPretraining.phases(folder))) {
      throw new UserMistake(
          "--out %s: holds a generator already; add --resume to go on with its training, or choose another folder"
              .formatted(folder.path()));
    }
    return true;
  }

  /** The anchors, of many the first: enough to say how well the target's style comes back. */
  private static List<RgbImage> targets(ConfiguredSets sets, AsmConfig config, Configuration hadoop)
      throws IOException {
    List<Sample> anchors = sets.anchors();
    List<RgbImage> images = new ArrayList<>();
    AnchorImages.reading(
            anchors.subList(0, Math.min(MOST_TARGETS, anchors.size())),
            new SampleReader(Datasets.of(config), hadoop))
        .forEach(images::add);
    return images;
  }

  /** The style images; where all styles are to be photographs, the source images themselves. */
  private static List<Sample> styles(AsmConfig config, ConfiguredSets sets, Configuration hadoop)
      throws IOException {
    if (stylesAreSources(config)) {
      return sets.sources().stream().flatMap(List::stream).map(Sample::unlabelled).toList();
    }
    return SetListing.of(
            "style.pretrain.styles", config.requireStyles(), Optional.empty(), 0, hadoop)
        .images(Datasets.of(config).get("style.pretrain.styles", "folder"));
  }

  private static boolean stylesAreSources(AsmConfig config) {
    return config.style().pretrain().styles().isEmpty()
        && config.style().pretrain().photoStyles() == 1;
  }
}
