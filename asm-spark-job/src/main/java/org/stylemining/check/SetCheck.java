package org.stylemining.check;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.stylemining.config.AsmConfig;
import org.stylemining.data.Datasets;
import org.stylemining.data.HadoopFiles;
import org.stylemining.data.LabelSpaces;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.image.UnreadableImage;
import org.stylemining.inspection.CheckResult;
import org.stylemining.inspection.CheckedSet;
import org.stylemining.inspection.Copies;
import org.stylemining.inspection.Duplicates;
import org.stylemining.inspection.FileDigest;
import org.stylemining.inspection.Finding;
import org.stylemining.inspection.Judgement;
import org.stylemining.inspection.PixelRoom;
import org.stylemining.inspection.SampleInspector;
import org.stylemining.inspection.SampleToCheck;
import org.stylemining.inspection.SetTally;
import org.stylemining.monitoring.JobLabel;
import org.stylemining.tasks.Partitions;
import org.stylemining.tasks.PixelBudget;
import org.stylemining.tasks.Progress;
import scala.Tuple2;

/**
 * Looks at all samples of a plan: each file is read once, where a task runs. What tasks find is
 * kept by the executors until it is summed up; the driver gets sums.
 */
public final class SetCheck {
  /** Anchors that are named. */
  private static final int NAMED = 20;

  private final JavaSparkContext spark;
  private final AsmConfig config;
  private final Datasets datasets;
  private final int slots;
  private final PrintStream console;

  /**
   * @param slots tasks that run at the same time
   * @param console where progress is told
   */
  public SetCheck(JavaSparkContext spark, AsmConfig config, int slots, PrintStream console) {
    this.spark = spark;
    this.config = config;
    this.datasets = Datasets.of(config);
    this.slots = slots;
    this.console = console;
  }

  /** What every task needs. */
  private record Kit(
      ArrayList<CheckedSet> sets, Datasets datasets, int classes, SerializableConfiguration hadoop)
      implements Serializable {
    List<SetTally> tallies() {
      List<SetTally> tallies = new ArrayList<>();
      sets.forEach(set -> tallies.add(new SetTally(classes)));
      return tallies;
    }
  }

  /** What one part of the samples came to. */
  private record Found(ArrayList<SetTally> tallies, ArrayList<FileDigest> digests)
      implements Serializable {

    static Found in(Kit kit, List<SampleToCheck> samples, LongAccumulator progress)
        throws IOException, InterruptedException {
      Found found = new Found(new ArrayList<>(kit.tallies()), new ArrayList<>());
      SampleInspector inspector =
          new SampleInspector(kit.datasets, new HadoopFiles(kit.hadoop.value()), new JvmRoom());
      for (SampleToCheck sample : samples) {
        inspector.inspect(sample, kit.sets, found.tallies, found.digests::add);
        progress.add(1);
      }
      return found;
    }
  }

  /** The heap of a task's JVM, which it shares with others. */
  private static final class JvmRoom implements PixelRoom {
    private final PixelBudget budget = PixelBudget.ofJvm();

    @Override
    public void take(long pixels) throws UnreadableImage, InterruptedException {
      budget.requireFits(pixels);
      budget.take(pixels);
    }

    @Override
    public void giveBack(long pixels) {
      budget.giveBack(pixels);
    }
  }

  /**
   * Looks and judges.
   *
   * @param name of the configuration
   * @param drawn samples of a set that the plan has; 0: all
   */
  public CheckResult run(CheckPlan plan, String name, int drawn) {
    long start = System.nanoTime();
    LabelSpace space = LabelSpaces.of(config.data());
    Kit kit =
        new Kit(
            new ArrayList<>(plan.sets()),
            datasets,
            space.count(),
            new SerializableConfiguration(spark.hadoopConfiguration()));
    Broadcast<Kit> sent = spark.broadcast(kit);
    try (JobLabel label =
        JobLabel.part(
            spark.sc(),
            "%d samples of %d sets".formatted(plan.samples().size(), plan.sets().size()))) {
      return judged(plan, name, drawn, space, kit, sent, start);
    } finally {
      sent.destroy();
    }
  }

  private CheckResult judged(
      CheckPlan plan,
      String name,
      int drawn,
      LabelSpace space,
      Kit kit,
      Broadcast<Kit> sent,
      long start) {
    LongAccumulator progress = spark.sc().longAccumulator("samples");
    int parts = Partitions.count(plan.samples().size(), slots);
    List<List<SampleToCheck>> dealt =
        Partitions.of(
            plan.samples(), parts, sample -> sample.sample().image(), SampleToCheck::bytes);
    // Serialised, since sums are made in place.
    JavaRDD<Found> found =
        spark
            .parallelize(dealt, parts)
            .map(samples -> Found.in(sent.value(), samples, progress))
            .persist(StorageLevel.MEMORY_AND_DISK_SER());
    try {
      new Progress(progress, plan.samples().size(), "samples", console)
          .await(found.foreachAsync(part -> {}), "the check of the data sets stopped");
      List<SetTally> tallies =
          found.map(Found::tallies).treeReduce(SetCheck::sum, config.cluster().aggregationDepth());
      List<Finding> findings =
          Judgement.of(
              config.data(),
              space,
              plan.sets(),
              tallies,
              duplicates(found, sent, parts),
              plan.findings(),
              drawn == 0);
      return new CheckResult(
          name,
          config.seed(),
          drawn,
          plan.samples().size(),
          space,
          config.data().maxBadFraction(),
          config.data().resize(),
          config.data().crop(),
          kit.sets,
          tallies,
          plan.anchors().stream().limit(NAMED).toList(),
          plan.anchors().size(),
          plan.unnamed(),
          findings,
          (System.nanoTime() - start) / 1e9);
    } finally {
      found.unpersist(false);
    }
  }

  private static ArrayList<SetTally> sum(ArrayList<SetTally> all, ArrayList<SetTally> more) {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).merge(more.get(i));
    }
    return all;
  }

  private Duplicates duplicates(JavaRDD<Found> found, Broadcast<Kit> sent, int parts) {
    return found
        .flatMapToPair(
            part ->
                part.digests.stream()
                    .map(digest -> new Tuple2<>(digest.key(), Copies.of(digest)))
                    .iterator())
        .reduceByKey(Copies::merge, parts)
        .values()
        .filter(Copies::several)
        .treeAggregate(
            new Duplicates(),
            (all, copies) -> all.add(copies, sent.value().sets),
            Duplicates::merge,
            config.cluster().aggregationDepth());
  }
}
