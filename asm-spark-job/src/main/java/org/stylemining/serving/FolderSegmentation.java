package org.stylemining.serving;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.UserMistake;
import org.stylemining.data.LabelSpaces;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.monitoring.JobLabel;
import org.stylemining.provenance.Provenance;
import org.stylemining.tasks.Partitions;
import org.stylemining.tasks.Progress;
import org.stylemining.weights.Checkpoint;

/** Labels all images of a listing into a folder, as far as it does not hold their labels yet. */
public final class FolderSegmentation {
  private final AsmConfig config;
  private final Checkpoint checkpoint;
  private final ImageListing listing;
  private final OutputFolder out;
  private final LabelOptions options;
  private final Backlog backlog;

  private FolderSegmentation(
      AsmConfig config,
      Checkpoint checkpoint,
      ImageListing listing,
      OutputFolder out,
      LabelOptions options,
      Backlog backlog) {
    this.config = config;
    this.checkpoint = checkpoint;
    this.listing = listing;
    this.out = out;
    this.options = options;
    this.backlog = backlog;
  }

  /**
   * Finds out what is to be done; nothing is written but a trial file.
   *
   * @param checkpoint of the configuration's network
   * @param output URI of a folder that can be written to
   * @param overwrite do again what is done already
   * @throws UserMistake where the folder's labels are of another origin, or files would clash
   */
  public static FolderSegmentation plan(
      AsmConfig config,
      Checkpoint checkpoint,
      ImageListing listing,
      String output,
      LabelOptions options,
      boolean overwrite,
      Configuration hadoop)
      throws IOException {
    OutputFolder out = OutputFolder.at(output, hadoop);
    LabelOrigin origin = LabelOrigin.of(config, checkpoint, listing.base(), options.ids());
    Backlog backlog = Backlog.of(listing, out, origin, options.views(), overwrite);
    return new FolderSegmentation(config, checkpoint, listing, out, options, backlog);
  }

  /** Whether every image has its labels, and the notes in the folder say no less. */
  public boolean isDone() throws IOException {
    return backlog.todo().isEmpty()
        && out.exists(OutputFolder.SUCCESS)
        && !out.exists(OutputFolder.FAILURES);
  }

  /** {@code 120 images in hdfs:/…, 20 of them done already}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("%d images in %s".formatted(listing.images().size(), listing.base()));
    if (backlog.done() > 0) {
      text.append(", %d of them labelled already".formatted(backlog.done()));
    }
    if (listing.others() > 0) {
      text.append("; %d other files there are passed over".formatted(listing.others()));
    }
    if (backlog.foreign() > 0) {
      text.append(
          "; %d files in %s belong to none of the images and stay"
              .formatted(backlog.foreign(), out.path()));
    }
    return text.toString();
  }

  /** Images still to label. */
  public int todo() {
    return backlog.todo().size();
  }

  /**
   * Does it.
   *
   * @param slots tasks that run at the same time
   * @param provenance of this run, which is written beside the labels
   * @param console where progress is told
   */
  public Summary run(JavaSparkContext spark, int slots, Provenance provenance, PrintStream console)
      throws IOException {
    Provenance told = begin(provenance);
    long start = System.nanoTime();
    LabelSpace space = LabelSpaces.of(config.data());
    Tally all = Tally.none(space.count());
    if (!backlog.todo().isEmpty()) {
      all = label(spark, slots, console);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    List<Failure> failures = new ArrayList<>(all.failures());
    failures.sort(Comparator.comparing(Failure::image));
    int images = listing.images().size();
    Summary summary =
        new Summary(
            images,
            all.labelled(),
            backlog.done(),
            failures,
            listing.others(),
            seconds,
            all.pixels(),
            space,
            failures.size() <= config.data().maxBadFraction() * images);
    end(summary, told);
    return summary;
  }

  private Provenance begin(Provenance provenance) throws IOException {
    out.delete(OutputFolder.SUCCESS);
    out.delete(OutputFolder.SUMMARY);
    out.removeTemporary();
    Provenance told = provenance;
    if (backlog.begins()) {
      out.replace(OutputFolder.LABELS, backlog.origin().toJson());
    } else {
      told =
          out.read(OutputFolder.PROVENANCE)
              .map(text -> resumed(provenance, text))
              .orElse(provenance);
    }
    out.replace(OutputFolder.PROVENANCE, told.toJson());
    for (String file : backlog.stale()) {
      out.delete(file);
    }
    return told;
  }

  private static Provenance resumed(Provenance now, String earlier) {
    try {
      return now.resuming(Provenance.fromJson(earlier));
    } catch (IllegalArgumentException e) {
      // It only tells; _labels.json decides.
      return now;
    }
  }

  private void end(Summary summary, Provenance provenance) throws IOException {
    if (summary.failures().isEmpty()) {
      out.delete(OutputFolder.FAILURES);
    } else {
      out.replace(OutputFolder.FAILURES, summary.failureLines());
    }
    out.replace(OutputFolder.PROVENANCE, provenance.endedAt(Instant.now()).toJson());
    out.replace(OutputFolder.SUMMARY, summary.toJson());
    if (summary.complete()) {
      out.replace(OutputFolder.SUCCESS, "");
    }
    out.removeTemporary();
  }

  private Tally label(JavaSparkContext spark, int slots, PrintStream console) {
    ServedModel model = ServedModel.of(config, checkpoint.model().values());
    Broadcast<FolderKit> kit =
        spark.broadcast(
            new FolderKit(
                model,
                options,
                listing.base(),
                out.path(),
                backlog.origin().since(),
                new SerializableConfiguration(spark.hadoopConfiguration())));
    try (JobLabel label =
        JobLabel.part(
            spark.sc(), "%d images of %s".formatted(backlog.todo().size(), listing.base()))) {
      LongAccumulator progress = spark.sc().longAccumulator("images");
      int parts = Partitions.count(backlog.todo().size(), slots);
      JavaFutureAction<List<Tally>> tallies =
          spark
              .parallelize(
                  Partitions.of(backlog.todo(), parts, ListedImage::path, ListedImage::bytes),
                  parts)
              .map(images -> PartitionWork.run(kit.value(), images, progress))
              .collectAsync();
      return Tally.sum(
          LabelSpaces.of(config.data()).count(),
          new Progress(progress, backlog.todo().size(), "images", console)
              .await(
                  tallies,
                  "labelling stopped; what is done is in %s, and the same command goes on from there"
                      .formatted(out.path())));
    } finally {
      PredictorPool.close(model);
      kit.destroy();
    }
  }
}
