package org.stylemining.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.stylemining.adapt.RainFolder;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.Encoder;
import org.stylemining.config.UserMistake;
import org.stylemining.data.ConfiguredSets;
import org.stylemining.data.Datasets;
import org.stylemining.data.SourceOrder;
import org.stylemining.data.packed.SetListing;
import org.stylemining.dataset.Sample;
import org.stylemining.image.RgbImage;
import org.stylemining.pretrain.Pretraining;
import org.stylemining.report.RunFolder;
import org.stylemining.shard.SourceImages;
import org.stylemining.training.RunLease;
import org.stylemining.training.SparkPretraining;
import org.stylemining.training.TrainerWiring;

/** What {@code pretrain} does. */
final class PretrainJob implements AutoCloseable {
  private final AsmConfig config;
  private final Configuration hadoop;
  private final RunFolder out;
  private final RunLease lease;
  private final boolean resume;
  private final SourceOrder order;
  private final List<Sample> styles;
  private final List<RgbImage> targets;

  private PretrainJob(
      AsmConfig config,
      Configuration hadoop,
      RunFolder out,
      RunLease lease,
      boolean resume,
      SourceOrder order,
      List<Sample> styles,
      List<RgbImage> targets) {
    this.config = config;
    this.hadoop = hadoop;
    this.out = out;
    this.lease = lease;
    this.resume = resume;
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
    boolean goOn = resume || SparkRun.isFurtherAttempt(System.getenv("CONTAINER_ID"));
    Checks checks = new Checks();
    Optional<RunFolder> folder = checks.find(() -> Outputs.folder(out, hadoop));
    String command = "pretrain " + conf + " --out " + out + (resume ? " --resume" : "");
    Optional<RunLease> lease =
        folder.isEmpty()
            ? Optional.empty()
            : checks.find(() -> RunLease.take("--out", folder.get(), command));
    try {
      return check(config, hadoop, sets, checks, folder, lease, goOn);
    } catch (IOException | RuntimeException e) {
      lease.ifPresent(RunLease::close);
      throw e;
    }
  }

  private static PretrainJob check(
      AsmConfig config,
      Configuration hadoop,
      ConfiguredSets sets,
      Checks checks,
      Optional<RunFolder> folder,
      Optional<RunLease> lease,
      boolean goOn)
      throws IOException {
    if (folder.isPresent() && !goOn) {
      checks.find(() -> unused(folder.get()));
    }
    Optional<SourceOrder> order = checks.find(sets::order);
    Optional<List<Sample>> styles = checks.find(() -> styles(config, sets, hadoop));
    // A generator can be trained without a target; then nothing is said of the target's style.
    Optional<List<RgbImage>> targets =
        config.data().target().root().isEmpty()
            ? Optional.of(List.of())
            : checks.find(() -> TrainJob.images("an anchor", sets.anchors(), config, hadoop));
    if (config.style().encoder() != Encoder.TRAINED) {
      checks.require(config::requireEncoderWeights);
    }
    checks.done();
    return new PretrainJob(
        config,
        hadoop,
        folder.orElseThrow(),
        lease.orElseThrow(),
        goOn,
        order.orElseThrow(),
        styles.orElseThrow(),
        targets.orElseThrow());
  }

  AsmConfig config() {
    return config;
  }

  void run(SparkRun spark) throws IOException {
    spark.watched(
        out.fileSystem(),
        out.logs(),
        () -> {
          train(spark);
          return null;
        });
  }

  private void train(SparkRun spark) throws IOException {
    spark.bindDriver(config);
    int slots = spark.slots(config);
    int workers = config.cluster().workers() > 0 ? config.cluster().workers() : slots;
    out.write(out.config(), config.render());
    SparkPretraining phases =
        new SparkPretraining(
            spark.context(),
            config,
            out,
            resume,
            order,
            new SourceImages(
                Datasets.of(config), TrainerWiring.pretrainAugmentation(config), hadoop),
            workers,
            lease,
            System.out);
    new Pretraining(config, hadoop, phases, targets, styles, System.out::println).run(out.path());
  }

  /** Gives the folder free. */
  @Override
  public void close() {
    lease.close();
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

  /** The style images; where all styles are to be photographs, the source images themselves. */
  private static List<Sample> styles(AsmConfig config, ConfiguredSets sets, Configuration hadoop)
      throws IOException {
    if (config.style().pretrain().styles().isEmpty()
        && config.style().pretrain().photoStyles() == 1) {
      return sets.sources().stream().flatMap(List::stream).map(Sample::unlabelled).toList();
    }
    return SetListing.of(
            "style.pretrain.styles", config.requireStyles(), Optional.empty(), 0, hadoop)
        .images(Datasets.of(config).get("style.pretrain.styles", "folder"));
  }
}
