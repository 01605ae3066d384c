package org.stylemining.command;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.adapt.Predictor;
import org.stylemining.adapt.TaskCheckpoint;
import org.stylemining.adapt.WorkerMemory;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.UserMistake;
import org.stylemining.data.LabelSpaces;
import org.stylemining.device.MemoryNeed;
import org.stylemining.provenance.Provenance;
import org.stylemining.provenance.WeightsFingerprint;
import org.stylemining.report.RunFolder;
import org.stylemining.serving.Failure;
import org.stylemining.serving.FolderSegmentation;
import org.stylemining.serving.ImageListing;
import org.stylemining.serving.LabelIds;
import org.stylemining.serving.LabelOptions;
import org.stylemining.serving.Summary;
import org.stylemining.serving.View;
import org.stylemining.weights.Checkpoint;

/** What {@code segment} does. */
final class SegmentJob {
  /** Some images failed, a share that is put up with. */
  static final int SOME_FAILED = 3;

  /** More failed than that. */
  static final int TOO_MANY_FAILED = 4;

  private static final int NAMED = 5;

  /** Where a failure is told: no name of an image's folder. */
  private static final String LOGS = "_logs";

  private final ConfArguments conf;
  private final String command;
  private final AsmConfig config;
  private final ImageListing listing;
  private final WeightsFingerprint network;
  private final RunFolder out;
  private final int batch;
  private final FolderSegmentation work;

  private SegmentJob(
      ConfArguments conf,
      String command,
      AsmConfig config,
      ImageListing listing,
      WeightsFingerprint network,
      RunFolder out,
      int batch,
      FolderSegmentation work) {
    this.conf = conf;
    this.command = command;
    this.config = config;
    this.listing = listing;
    this.network = network;
    this.out = out;
    this.batch = batch;
    this.work = work;
  }

  /**
   * Checks all that can be checked before work begins.
   *
   * @throws UserMistake with every mistake
   */
  static SegmentJob check(
      ConfArguments conf,
      String place,
      String input,
      String output,
      Set<View> views,
      LabelIds ids,
      int batch,
      boolean overwrite)
      throws IOException {
    AsmConfig config = conf.read();
    Configuration hadoop = SparkRun.hadoop();
    Checks checks = new Checks();
    checks.require(
        () -> {
          if (!config.model().network().labelsPixels()) {
            throw new UserMistake(
                "segment labels every pixel of an image, and model.network = %s has one label for the whole image; `evaluate` scores it"
                    .formatted(config.model().network().word()));
          }
        });
    checks.require(() -> ids.require(LabelSpaces.of(config.data()), "--ids"));
    checks.require(
        () -> {
          if (batch < 0) {
            throw new UserMistake("--batch %d: expected 0 or more".formatted(batch));
          }
        });
    Optional<Checkpoint> checkpoint =
        checks.find(() -> TaskCheckpoint.read(new Path(place), config, hadoop));
    Optional<RunFolder> folder = checks.find(() -> Outputs.folder("--output", output, hadoop));
    Optional<ImageListing> listing =
        folder.isEmpty()
            ? Optional.empty()
            : checks.find(() -> ImageListing.of(input, folder.get().path(), hadoop));
    checks.done();
    LabelOptions options = LabelOptions.of(views, ids, batch, config);
    // A driver that YARN has started again goes on.
    boolean again = overwrite && !SparkRun.isFurtherAttempt(System.getenv("CONTAINER_ID"));
    FolderSegmentation work =
        FolderSegmentation.plan(
            config,
            checkpoint.orElseThrow(),
            listing.orElseThrow(),
            folder.orElseThrow().path().toString(),
            options,
            again,
            hadoop);
    return new SegmentJob(
        conf,
        "segment %s --checkpoint %s --input %s --output %s".formatted(conf, place, input, output),
        config,
        listing.orElseThrow(),
        Inputs.of("checkpoint", checkpoint.orElseThrow(), hadoop),
        folder.orElseThrow(),
        options.batch(),
        work);
  }

  /** The exit status. */
  int run() throws IOException {
    System.out.println(work);
    if (work.isDone()) {
      System.out.printf("nothing to do: %s has the labels of all of them%n", out.path());
      return 0;
    }
    try (SparkRun spark = SparkRun.start("asm segment " + conf.experiment(), config)) {
      int slots = spark.slots(config);
      spark.requireMemory(
          config,
          new MemoryNeed(WorkerMemory.inference(config, Predictor.inputSize(config), batch), 0, 0),
          slots);
      Provenance provenance =
          Provenance.start(
                  conf.experiment(),
                  command,
                  config.seed(),
                  spark.cluster(slots),
                  Nd4j.getBackend().getClass().getSimpleName(),
                  List.of(listing.fingerprint()),
                  Instant.now())
              .with(List.of(network))
              .configured(config.render());
      Summary summary =
          spark.watched(
              "segment " + out.path(),
              "segment",
              out.fileSystem(),
              new Path(out.path(), LOGS),
              () -> work.run(spark.context(), slots, provenance, System.out));
      System.out.print(summary.toText());
      return tell(summary);
    }
  }

  private int tell(Summary summary) {
    if (summary.failures().isEmpty()) {
      System.out.println("labels: " + out.path());
      return 0;
    }
    for (Failure failure : summary.failures().stream().limit(NAMED).toList()) {
      System.err.printf("asm: failed: %s (%s)%n", failure.image(), failure.reason());
    }
    int rest = summary.failures().size() - NAMED;
    System.err.printf(
        "asm: %s%s/_failures.jsonl lists them%s%n",
        rest > 0 ? "and %d more; ".formatted(rest) : "",
        out.path(),
        summary.complete()
            ? ""
            : "; they are more than data.max-bad-fraction = %s, so there is no _SUCCESS"
                .formatted(config.data().maxBadFraction()));
    return summary.complete() ? SOME_FAILED : TOO_MANY_FAILED;
  }
}
