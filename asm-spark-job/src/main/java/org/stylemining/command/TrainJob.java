package org.stylemining.command;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.adapt.RainFolder;
import org.stylemining.adapt.WorkerMemory;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.SourceSet;
import org.stylemining.config.UserMistake;
import org.stylemining.data.ConfiguredSets;
import org.stylemining.data.Datasets;
import org.stylemining.data.SampleReader;
import org.stylemining.data.SourceOrder;
import org.stylemining.data.packed.SetListing;
import org.stylemining.dataset.DamagedSample;
import org.stylemining.dataset.Sample;
import org.stylemining.device.MemoryNeed;
import org.stylemining.image.ImageFiles;
import org.stylemining.image.Resize;
import org.stylemining.image.RgbImage;
import org.stylemining.provenance.DataFingerprint;
import org.stylemining.provenance.Provenance;
import org.stylemining.report.RunFolder;
import org.stylemining.training.Adaptation;
import org.stylemining.training.RunLease;
import org.stylemining.training.RunStart;
import org.stylemining.training.TrainerWiring;
import org.stylemining.weights.Checkpoint;

/** What {@code train} does. */
final class TrainJob implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainJob.class);

  private final String experiment;
  private final String command;
  private final AsmConfig config;
  private final Configuration hadoop;
  private final RunFolder run;
  private final RunLease lease;
  private final Optional<Checkpoint> checkpoint;
  private final ConfiguredSets sets;
  private final SourceOrder order;
  private final Optional<RainFolder> rain;
  private final List<RgbImage> anchors;

  private TrainJob(
      String experiment,
      String command,
      AsmConfig config,
      Configuration hadoop,
      RunFolder run,
      RunLease lease,
      Optional<Checkpoint> checkpoint,
      ConfiguredSets sets,
      SourceOrder order,
      Optional<RainFolder> rain,
      List<RgbImage> anchors) {
    this.experiment = experiment;
    this.command = command;
    this.config = config;
    this.hadoop = hadoop;
    this.run = run;
    this.lease = lease;
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
    Optional<RunFolder> run = checks.find(() -> Outputs.folder(out, hadoop));
    String command = "train " + conf + " --out " + out + (resume ? " --resume" : "");
    Optional<RunLease> lease =
        run.isEmpty()
            ? Optional.empty()
            : checks.find(() -> RunLease.take("--out", run.get(), command));
    try {
      return check(conf, command, config, hadoop, sets, checks, run, lease, resume);
    } catch (IOException | RuntimeException e) {
      lease.ifPresent(RunLease::close);
      throw e;
    }
  }

  private static TrainJob check(
      ConfArguments conf,
      String command,
      AsmConfig config,
      Configuration hadoop,
      ConfiguredSets sets,
      Checks checks,
      Optional<RunFolder> run,
      Optional<RunLease> lease,
      boolean resume)
      throws IOException {
    Optional<Optional<Checkpoint>> checkpoint =
        lease.isEmpty()
            ? Optional.empty()
            : checks.find(() -> RunStart.find(run.get(), goesOn(run.get(), resume)));
    Optional<SourceOrder> order = checks.find(sets::order);
    Optional<RainFolder> rain = Optional.empty();
    Optional<List<RgbImage>> anchors = Optional.of(List.of());
    if (TrainerWiring.adapts(config)) {
      rain = checks.find(() -> RainFolder.read(new Path(config.requireRain()), hadoop));
      anchors = checks.find(() -> images("an anchor", sets.anchors(), config, hadoop));
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
    checks.done();
    return new TrainJob(
        conf.experiment(),
        command,
        config,
        hadoop,
        run.orElseThrow(),
        lease.orElseThrow(),
        checkpoint.orElseThrow(),
        sets,
        order.orElseThrow(),
        rain,
        anchors.orElseThrow());
  }

  private static boolean goesOn(RunFolder run, boolean resume) throws IOException {
    return resume || SparkRun.goesOnByItself(run, System.getenv("CONTAINER_ID"));
  }

  AsmConfig config() {
    return config;
  }

  void run(SparkRun spark) throws IOException {
    spark.watched(
        run.fileSystem(),
        run.logs(),
        () -> {
          train(spark);
          return null;
        });
  }

  private void train(SparkRun spark) throws IOException {
    spark.bindDriver(config);
    int slots = spark.slots(config);
    int workers = RunStart.workers(checkpoint, config.cluster().workers(), () -> slots);
    spark.requireMemory(
        config,
        new MemoryNeed(
            WorkerMemory.training(config),
            WorkerMemory.averaging(config),
            WorkerMemory.averagingHeap(config)),
        workers);
    if (slots < workers) {
      LOG.warn(
          "{} workers share {} task slots: they train one after the other, with the same result",
          workers,
          slots);
    }
    sets.tooFewShards(workers).forEach(LOG::warn);
    Provenance provenance = provenance(spark, workers);
    run.write(run.config(), config.render());
    run.write(run.provenance(), provenance.toJson());
    if (!anchors.isEmpty()) {
      keepAnchor();
    }
    new Adaptation(spark.context(), config, run, lease, System.out)
        .run(order, rain, anchors, workers, checkpoint);
    run.write(run.provenance(), provenance.endedAt(Instant.now()).toJson());
  }

  /** Gives the folder free. */
  @Override
  public void close() {
    lease.close();
  }

  private Provenance provenance(SparkRun spark, int workers) throws IOException {
    List<DataFingerprint> data = new ArrayList<>();
    for (SourceSet set : config.requireSources()) {
      data.add(fingerprint("source " + set.type(), set.root()));
    }
    if (TrainerWiring.adapts(config)) {
      data.add(
          fingerprint(
              "target " + config.data().target().type(),
              config.data().target().root().orElseThrow()));
    }
    Provenance now =
        Provenance.start(
            experiment,
            command,
            config.seed(),
            spark.cluster(workers),
            Nd4j.getBackend().getClass().getSimpleName(),
            data,
            Instant.now());
    if (checkpoint.isEmpty() || !run.fileSystem().exists(run.provenance())) {
      return now;
    }
    Provenance before = Provenance.fromJson(run.read(run.provenance()));
    requireSameData(before, data);
    return now.resuming(before);
  }

  private DataFingerprint fingerprint(String name, String root) throws IOException {
    Path path = new Path(SetListing.place(root));
    return DataFingerprint.of(name, path.getFileSystem(hadoop), path);
  }

  /** A run that goes on over other files would end elsewhere. */
  private void requireSameData(Provenance before, List<DataFingerprint> data) {
    for (int i = 0; i < Math.min(data.size(), before.data().size()); i++) {
      DataFingerprint was = before.data().get(i);
      DataFingerprint is = data.get(i);
      if (!was.listing().equals(is.listing())) {
        throw new UserMistake(
            "--resume: %s in %s: expected the %d files (%d bytes) that the run in %s was started with, found %d files (%d bytes)"
                .formatted(
                    is.name(),
                    is.root(),
                    was.files(),
                    was.bytes(),
                    run.path(),
                    is.files(),
                    is.bytes()));
      }
    }
  }

  private void keepAnchor() throws IOException {
    RgbImage small =
        Resize.bicubic(
            anchors.get(0), config.data().resize().width(), config.data().resize().height());
    Outputs.write(run.fileSystem(), run.anchorPicture(), ImageFiles.encodePng(small));
  }

  /** Reads images that cannot be done without. */
  static List<RgbImage> images(
      String what, List<Sample> samples, AsmConfig config, Configuration hadoop)
      throws IOException {
    SampleReader reader = new SampleReader(Datasets.of(config), hadoop);
    List<RgbImage> images = new ArrayList<>();
    List<String> mistakes = new ArrayList<>();
    for (Sample sample : samples) {
      try {
        images.add(reader.readImage(sample));
      } catch (DamagedSample e) {
        mistakes.add(
            "data.target: %s is no image that can be read: %s".formatted(what, e.getMessage()));
      }
    }
    if (!mistakes.isEmpty()) {
      throw new UserMistake(String.join("\n", mistakes));
    }
    return images;
  }
}
