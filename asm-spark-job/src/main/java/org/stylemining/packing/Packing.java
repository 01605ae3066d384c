package org.stylemining.packing;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.stylemining.config.UserMistake;
import org.stylemining.data.Datasets;
import org.stylemining.data.packed.LeftOut;
import org.stylemining.data.packed.PackJson;
import org.stylemining.data.packed.PackManifest;
import org.stylemining.data.packed.PackPlan;
import org.stylemining.data.packed.PackedShard;
import org.stylemining.data.packed.PlannedShard;
import org.stylemining.monitoring.JobLabel;
import org.stylemining.provenance.Build;
import org.stylemining.provenance.Provenance;
import org.stylemining.serving.OutputFolder;

/**
 * Packs a set into a folder, as far as the folder does not hold its shards yet.
 *
 * <p>A task writes its shard to a file of its own; of the attempts at one task Spark takes one, and
 * its file the driver renames and notes in {@value #NOTES}. The manifest comes last: a folder is
 * read as a packed set where it has one.
 */
public final class Packing {
  private static final String NOTES = "_shards";
  private static final int SECONDS_BETWEEN_LOOKS = 2;
  private static final long SECONDS_BETWEEN_LINES = 10;

  private final PackPlan plan;
  private final OutputFolder out;
  private final SortedMap<String, PackedShard> done;
  private final List<String> old;
  private final boolean complete;

  private Packing(
      PackPlan plan,
      OutputFolder out,
      SortedMap<String, PackedShard> done,
      List<String> old,
      boolean complete) {
    this.plan = plan;
    this.out = out;
    this.done = done;
    this.old = old;
    this.complete = complete;
  }

  /**
   * Finds out what is to be done; nothing is written.
   *
   * @param now what the set is to be packed into, by its files as they are
   * @param overwrite do again what is done already
   * @throws UserMistake where the folder holds something else, or the set as it was before its
   *     files changed
   */
  public static Packing plan(PackPlan now, OutputFolder out, boolean overwrite) throws IOException {
    Optional<String> recorded = out.read(PackPlan.FILE);
    if (recorded.isEmpty()) {
      refuseStrangers(out);
      return new Packing(now, out, new TreeMap<>(), List.of(), false);
    }
    PackPlan before = before(recorded.get(), out);
    if (overwrite) {
      List<String> old = before.shards().stream().map(PlannedShard::name).toList();
      return new Packing(now, out, new TreeMap<>(), old, false);
    }
    Optional<String> manifest = out.read(PackManifest.FILE);
    SortedMap<String, PackedShard> there =
        manifest.isPresent() ? shards(manifest.get(), out) : noted(before, out);
    Set<String> leftOut = new HashSet<>();
    there.values().forEach(shard -> shard.leftOut().forEach(left -> leftOut.add(left.image())));
    PackPlan updated;
    try {
      updated = before.updated(now, leftOut);
    } catch (IllegalArgumentException e) {
      throw new UserMistake(
          "--out %s: holds shards that were packed otherwise; choose another folder, or add --overwrite to pack all of it again:\n  %s"
              .formatted(out.path(), e.getMessage()),
          e);
    }
    boolean whole = there.size() == updated.shards().size() && leftOut.isEmpty();
    there.values().removeIf(shard -> !shard.leftOut().isEmpty() || !isThere(shard, out));
    return new Packing(
        updated,
        out,
        there,
        List.of(),
        manifest.isPresent() && whole && there.size() == updated.shards().size());
  }

  private static void refuseStrangers(OutputFolder out) throws IOException {
    List<String> files =
        out.list().keySet().stream().filter(file -> !file.startsWith("_")).sorted().toList();
    if (!files.isEmpty()) {
      throw new UserMistake(
          "--out %s: holds %d files, such as %s, and no %s that tells of them; expected an empty folder"
              .formatted(out.path(), files.size(), files.get(0), PackPlan.FILE));
    }
  }

  private static PackPlan before(String json, OutputFolder out) {
    try {
      return PackJson.of(json, PackPlan.class, "the plan of a packed set");
    } catch (IllegalArgumentException e) {
      throw new UserMistake(
          "--out %s: %s is damaged (%s), so it cannot be told what lies there; choose another folder"
              .formatted(out.path(), PackPlan.FILE, e.getMessage()),
          e);
    }
  }

  private static SortedMap<String, PackedShard> shards(String json, OutputFolder out) {
    SortedMap<String, PackedShard> shards = new TreeMap<>();
    try {
      PackManifest.fromJson(json).shards().forEach(shard -> shards.put(shard.name(), shard));
    } catch (IllegalArgumentException e) {
      throw new UserMistake(
          "--out %s: %s cannot be used: %s; add --overwrite to pack all of the set again"
              .formatted(out.path(), PackManifest.FILE, e.getMessage()),
          e);
    }
    return shards;
  }

  private static SortedMap<String, PackedShard> noted(PackPlan plan, OutputFolder out)
      throws IOException {
    SortedMap<String, PackedShard> shards = new TreeMap<>();
    for (PlannedShard planned : plan.shards()) {
      Optional<String> note = out.read(note(planned.name()));
      try {
        note.map(text -> PackJson.of(text, PackedShard.class, "the note of a shard"))
            .ifPresent(shard -> shards.put(shard.name(), shard));
      } catch (IllegalArgumentException e) {
        // It is packed again.
        continue;
      }
    }
    return shards;
  }

  private static boolean isThere(PackedShard shard, OutputFolder out) {
    try {
      return out.files().getFileStatus(out.file(shard.name())).getLen() == shard.bytes();
    } catch (IOException e) {
      return false;
    }
  }

  private static String note(String shard) {
    return NOTES + "/" + shard + ".json";
  }

  /** Whether the folder is the packed set already. */
  public boolean isDone() {
    return complete;
  }

  /** Number of shards when all is done. */
  public int shards() {
    return plan.shards().size();
  }

  /** {@code 25000 images … in hdfs:/…, 420 shards, 20 of them there already}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d images%s in %s (%.1f MB): %d shards%s",
        plan.samples().size(),
        plan.labels() ? " with labels" : "",
        plan.root(),
        plan.bytes() / 1e6,
        plan.shards().size(),
        done.isEmpty() ? "" : ", %d of them there already".formatted(done.size()));
  }

  /**
   * Does it.
   *
   * @param datasets the kinds of sets there are
   * @param maxBadFraction share of samples that may be left out, 0..1
   * @param provenance of this run, which is written beside the shards
   * @param console where progress is told
   */
  public PackSummary run(
      JavaSparkContext spark,
      Datasets datasets,
      double maxBadFraction,
      Provenance provenance,
      PrintStream console)
      throws IOException {
    int before = done.size();
    begin(provenance);
    long start = System.nanoTime();
    List<PlannedShard> todo =
        plan.shards().stream().filter(shard -> !done.containsKey(shard.name())).toList();
    if (!todo.isEmpty()) {
      pack(spark, datasets, todo, console);
    }
    PackManifest manifest =
        PackManifest.of(
            plan.type(),
            plan.split(),
            plan.format(),
            Build.current().toString(),
            List.copyOf(done.values()));
    long leftOut = manifest.shards().stream().mapToLong(shard -> shard.leftOut().size()).sum();
    PackSummary summary =
        new PackSummary(
            manifest,
            before,
            (System.nanoTime() - start) / 1e9,
            manifest.images() > 0 && leftOut <= maxBadFraction * plan.samples().size());
    end(summary, provenance);
    return summary;
  }

  /** From here on the folder is no packed set, until the manifest is there. */
  private void begin(Provenance provenance) throws IOException {
    // Broken off at any place, this leaves a plan and no note that does not belong to it.
    for (PackedShard shard : done.values()) {
      out.replace(note(shard.name()), PackJson.text(shard));
    }
    out.delete(PackManifest.FILE);
    for (String shard : old) {
      out.delete(note(shard));
      out.delete(shard);
    }
    out.replace(PackPlan.FILE, PackJson.text(plan));
    out.delete(OutputFolder.FAILURES);
    out.removeTemporary();
    out.replace(OutputFolder.PROVENANCE, provenance.toJson());
  }

  private void end(PackSummary summary, Provenance provenance) throws IOException {
    List<LeftOut> leftOut = summary.leftOut();
    if (!leftOut.isEmpty()) {
      out.replace(OutputFolder.FAILURES, summary.failureLines());
    }
    out.replace(OutputFolder.PROVENANCE, provenance.endedAt(Instant.now()).toJson());
    if (summary.complete()) {
      out.replace(PackManifest.FILE, summary.manifest().toJson());
      out.files().delete(out.file(NOTES), true);
    }
    out.removeTemporary();
  }

  private void pack(
      JavaSparkContext spark, Datasets datasets, List<PlannedShard> todo, PrintStream console)
      throws IOException {
    Broadcast<PackKit> kit =
        spark.broadcast(
            new PackKit(
                datasets,
                plan.type(),
                plan.labels(),
                plan.format(),
                out.path(),
                new SerializableConfiguration(spark.hadoopConfiguration())));
    try (JobLabel label =
        JobLabel.part(spark.sc(), "%d of %d shards".formatted(todo.size(), plan.shards().size()))) {
      LongAccumulator progress = spark.sc().longAccumulator("samples");
      // Of a task's attempts this gets what one of them added.
      CollectionAccumulator<WrittenShard> written = spark.sc().collectionAccumulator("shards");
      JavaFutureAction<Void> action =
          spark
              .parallelize(todo, todo.size())
              .foreachAsync(shard -> written.add(ShardWork.write(kit.value(), shard, progress)));
      await(action, written, progress, console);
    } finally {
      kit.destroy();
    }
  }

  /** Waits for the tasks, puts what they have finished in place, and tells how far they are. */
  private void await(
      JavaFutureAction<Void> action,
      CollectionAccumulator<WrittenShard> written,
      LongAccumulator progress,
      PrintStream console)
      throws IOException {
    long start = System.nanoTime();
    long told = start;
    int placed = 0;
    while (true) {
      try {
        action.get(SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
        place(written.value(), placed);
        return;
      } catch (TimeoutException e) {
        placed = place(written.value(), placed);
        long now = System.nanoTime();
        if (now - told >= TimeUnit.SECONDS.toNanos(SECONDS_BETWEEN_LINES)) {
          told = now;
          console.printf(
              Locale.ROOT,
              "%d of %d shards, %.2f samples/s%n",
              done.size(),
              plan.shards().size(),
              progress.value() * 1e9 / (now - start));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        action.cancel(true);
        throw new IllegalStateException("interrupted while shards were packed", e);
      } catch (ExecutionException e) {
        place(written.value(), placed);
        throw new IllegalStateException(
            "packing stopped; %d of %d shards are in %s, and the same command goes on from there"
                .formatted(done.size(), plan.shards().size(), out.path()),
            e.getCause());
      }
    }
  }

  private int place(List<WrittenShard> written, int placed) throws IOException {
    for (WrittenShard shard : written.subList(placed, written.size())) {
      out.finish(new Path(shard.unfinished()), shard.shard().name());
      out.replace(note(shard.shard().name()), PackJson.text(shard.shard()));
      done.put(shard.shard().name(), shard.shard());
    }
    return written.size();
  }
}
