package org.stylemining.command;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.config.UserMistake;
import org.stylemining.data.Datasets;
import org.stylemining.data.packed.LeftOut;
import org.stylemining.data.packed.PackFormat;
import org.stylemining.data.packed.PackPlan;
import org.stylemining.data.packed.SetListing;
import org.stylemining.data.packed.ShardCount;
import org.stylemining.dataset.Dataset;
import org.stylemining.packing.PackSummary;
import org.stylemining.packing.Packing;
import org.stylemining.provenance.DataFingerprint;
import org.stylemining.provenance.Provenance;
import org.stylemining.report.RunFolder;
import org.stylemining.serving.OutputFolder;

/** What {@code datasets pack} does. */
final class PackJob {
  private static final Logger LOG = LoggerFactory.getLogger(PackJob.class);
  private static final int NAMED = 5;
  private static final String LOGS = "_logs";

  private final SetChoice set;
  private final String command;
  private final PackPlan plan;
  private final RunFolder out;
  private final int workers;
  private final Packing work;

  private PackJob(
      SetChoice set, String command, PackPlan plan, RunFolder out, int workers, Packing work) {
    this.set = set;
    this.command = command;
    this.plan = plan;
    this.out = out;
    this.workers = workers;
    this.work = work;
  }

  /**
   * Checks all that can be checked before work begins.
   *
   * @param images whether the images alone are packed
   * @param workers that are to train on the set; 0: as the configuration or Spark have it
   * @throws UserMistake with every mistake
   */
  static PackJob check(
      SetChoice set,
      String output,
      PackFormat format,
      int shardMb,
      boolean images,
      int workers,
      boolean overwrite)
      throws IOException {
    Configuration hadoop = SparkRun.hadoop();
    Checks checks = new Checks();
    checks.require(
        () -> {
          if (shardMb < 1 || shardMb > 65536) {
            throw new UserMistake("--shard-mb %d: expected 1..65536".formatted(shardMb));
          }
        });
    checks.require(
        () -> {
          if (workers < 0) {
            throw new UserMistake("--workers %d: expected 0 or more".formatted(workers));
          }
        });
    Optional<RunFolder> folder = checks.find(() -> Outputs.folder("--out", output, hadoop));
    Optional<PackPlan> plan =
        checks.find(() -> plan(set, folder, format, Math.max(1, shardMb), images, hadoop));
    checks.done();
    // A driver that YARN has started again goes on.
    boolean again = overwrite && !SparkRun.isFurtherAttempt(System.getenv("CONTAINER_ID"));
    Packing work =
        Packing.plan(
            plan.orElseThrow(),
            OutputFolder.at(folder.orElseThrow().path().toString(), hadoop),
            again);
    return new PackJob(
        set,
        "datasets pack %s --out %s".formatted(set.name(), output),
        plan.orElseThrow(),
        folder.orElseThrow(),
        workers > 0 ? workers : set.config().cluster().workers(),
        work);
  }

  private static PackPlan plan(
      SetChoice set,
      Optional<RunFolder> out,
      PackFormat format,
      int shardMb,
      boolean images,
      Configuration hadoop)
      throws IOException {
    Dataset dataset = Datasets.of(set.config()).get(set.key() + ".type", set.type());
    SetListing listing = SetListing.of(set.key(), set.root(), set.split(), 0, hadoop);
    if (out.isPresent() && out.get().path().equals(listing.root().root())) {
      throw new UserMistake(
          "--out %s: expected another folder than the set's own".formatted(out.get().path()));
    }
    boolean labels = !images && dataset.space().isPresent();
    return PackPlan.of(
        listing.root().root().toString(),
        set.type(),
        set.split().orElse(null),
        labels,
        format,
        shardMb,
        listing.withFiles(dataset, labels));
  }

  /** The exit status. */
  int run() throws IOException {
    System.out.println(work);
    if (work.isDone()) {
      System.out.printf("nothing to do: %s is this set, packed%n", out.path());
      return 0;
    }
    try (SparkRun spark = SparkRun.start("asm datasets pack " + set.name(), set.config())) {
      int slots = spark.slots(set.config());
      ShardCount.tooFew(
              out.path().toString(), work.shards(), plan.bytes(), workers > 0 ? workers : slots)
          .ifPresent(LOG::warn);
      PackSummary summary =
          spark.watched(
              "datasets pack " + out.path(),
              "pack " + set.type(),
              out.fileSystem(),
              new Path(out.path(), LOGS),
              () ->
                  work.run(
                      spark.context(),
                      Datasets.of(set.config()),
                      set.config().data().maxBadFraction(),
                      provenance(spark, slots),
                      System.out));
      System.out.print(summary.toText());
      return tell(summary);
    }
  }

  private Provenance provenance(SparkRun spark, int slots) {
    TreeMap<String, Long> lengths = new TreeMap<>();
    plan.samples()
        .forEach(
            sample -> {
              lengths.put(sample.image().path(), sample.image().length());
              if (sample.label() != null) {
                lengths.put(sample.label().path(), sample.label().length());
              }
            });
    return Provenance.start(
            set.name(),
            command,
            set.config().seed(),
            spark.cluster(slots),
            "none",
            List.of(DataFingerprint.of("packed " + set.type(), plan.root(), lengths)),
            Instant.now())
        .configured(set.config().render());
  }

  private int tell(PackSummary summary) {
    List<LeftOut> leftOut = summary.leftOut();
    if (leftOut.isEmpty()) {
      System.out.println("packed: " + out.path());
      return 0;
    }
    for (LeftOut sample : leftOut.stream().limit(NAMED).toList()) {
      System.err.printf("asm: left out: %s (%s)%n", sample.image(), sample.reason());
    }
    int rest = leftOut.size() - NAMED;
    System.err.printf(
        "asm: %s%s/%s lists them%s%n",
        rest > 0 ? "and %d more; ".formatted(rest) : "",
        out.path(),
        OutputFolder.FAILURES,
        summary.complete()
            ? ""
            : "; they are more than data.max-bad-fraction = %s, so there is no manifest, and the folder is no packed set"
                .formatted(set.config().data().maxBadFraction()));
    return summary.complete() ? SegmentJob.SOME_FAILED : SegmentJob.TOO_MANY_FAILED;
  }
}
