package org.stylemining.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.Path;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stylemining.adapt.RainFolder;
import org.stylemining.comparison.Cell;
import org.stylemining.comparison.CellResult;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.UserMistake;
import org.stylemining.dataset.Sample;
import org.stylemining.device.MemoryNeed;
import org.stylemining.failure.JobFailure;
import org.stylemining.failure.RunFailure;
import org.stylemining.report.RunFolder;

/**
 * Trains and scores the cells of a comparison on one Spark application: generators first, each on
 * all task slots, then the cells, as many at once as have room. A cell that fails leaves the others
 * alone.
 */
final class CellRuns {
  private static final Logger LOG = LoggerFactory.getLogger(CellRuns.class);

  private final SparkRun spark;
  private final ConfArguments conf;
  private final AsmConfig base;
  private final CompareOptions options;
  private final List<Sample> samples;
  private final OptionalInt before;
  private final CompareTables tables;
  private final RunFolder out;

  /**
   * @param samples that every cell is scored on
   * @param before the number of workers that cells were trained with before; empty where none was
   * @param out folder of the comparison
   */
  CellRuns(
      SparkRun spark,
      ConfArguments conf,
      AsmConfig base,
      CompareOptions options,
      List<Sample> samples,
      OptionalInt before,
      CompareTables tables,
      RunFolder out) {
    this.spark = spark;
    this.conf = conf;
    this.base = base;
    this.options = options;
    this.samples = samples;
    this.before = before;
    this.tables = tables;
    this.out = out;
  }

  /** Does all cells; what fails is noted in the tables. */
  void run(List<CompareCell> cells) throws IOException {
    int slots = spark.slots(base);
    int workers = base.cluster().workers() > 0 ? base.cluster().workers() : before.orElse(slots);
    int atOnce = Math.min(cells.size(), atOnce(slots, workers));
    System.out.printf(
        "cells of %d %s each, %s%n",
        workers,
        workers == 1 ? "worker" : "workers",
        atOnce == 1 ? "one after the other" : atOnce + " at once");
    requireMemory(cells, workers, atOnce);
    Map<Long, String> lost = options.pretrain() ? generators(cells) : Map.of();
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      List<Future<?>> runs = new ArrayList<>();
      int together = atOnce;
      for (CompareCell cell : cells) {
        boolean without =
            cell.config().training().method().usesGenerator()
                && lost.containsKey(cell.cell().seed());
        if (without) {
          failed(cell.cell(), "its generator: " + lost.get(cell.cell().seed()));
        } else {
          runs.add(threads.submit(() -> run(cell, workers, together)));
        }
      }
      for (Future<?> run : runs) {
        await(run);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private int atOnce(int slots, int workers) {
    if (options.atOnce() > 0) {
      return options.atOnce();
    }
    // In local mode Spark knows no GPUs: the first worker of every cell would take the first one.
    boolean sharesGpus = spark.context().sc().isLocal() && !Nd4j.getEnvironment().isCPU();
    return sharesGpus ? 1 : Math.max(1, slots / workers);
  }

  /** Refuses what no cell, or not so many at once, would have room for. */
  private void requireMemory(List<CompareCell> cells, int workers, int atOnce) {
    Set<MemoryNeed> needs = new LinkedHashSet<>();
    cells.forEach(cell -> needs.add(TrainJob.memory(cell.config(), atOnce)));
    try {
      needs.forEach(need -> spark.requireMemory(base, need, atOnce * workers));
    } catch (UserMistake mistake) {
      throw atOnce == 1
          ? mistake
          : new UserMistake(
              "%s%nor --at-once 1, as now %d cells train at once"
                  .formatted(mistake.getMessage(), atOnce),
              mistake);
    }
  }

  /** Trains the generators that cells want and that are not there; by seed, why one failed. */
  private Map<Long, String> generators(List<CompareCell> cells) {
    Map<Long, String> failed = new HashMap<>();
    for (long seed : options.seeds()) {
      boolean wanted =
          cells.stream()
              .anyMatch(
                  cell ->
                      cell.cell().seed() == seed
                          && cell.config().training().method().usesGenerator());
      RunFolder rain = CompareJob.rain(out, seed);
      try {
        if (wanted && !rain.fileSystem().exists(new Path(rain.path(), RainFolder.FILE))) {
          System.out.println("training the generator of seed " + seed);
          try (PretrainJob job =
              PretrainJob.check(CompareJob.generator(conf, seed), rain.path().toString(), true)) {
            job.run(spark);
          }
        }
      } catch (IOException | RuntimeException e) {
        failed.put(seed, reason(e));
        System.err.println("asm: the generator of seed " + seed + " failed: " + reason(e));
      }
    }
    return failed;
  }

  private void run(CompareCell cell, int workers, int atOnce) {
    if (spark.context().sc().isStopped()) {
      failed(cell.cell(), "not begun, as Spark has stopped");
      return;
    }
    PrintStream progress = PrefixedOutput.of(cell.cell().toString(), System.out);
    try {
      double seconds = done(cell, workers, atOnce, progress);
      CellResult result = cell.result();
      progress.printf(
          Locale.ROOT,
          "%s; %.0f s: training %.0f s, evaluation %.0f s; cell %d of %d%n",
          tables.add(result),
          seconds,
          result.trainSeconds(),
          result.evaluateSeconds(),
          tables.ended(),
          tables.cells());
    } catch (IOException | RuntimeException e) {
      boolean told = e instanceof UserMistake || e instanceof JobFailure || e instanceof RunFailure;
      if (!told) {
        LOG.error("{} failed", cell.cell(), e);
      }
      failed(cell.cell(), reason(e));
    }
    try {
      tables.write();
    } catch (IOException e) {
      LOG.warn("the tables cannot be written; tried again after the next cell", e);
    }
  }

  /** Trains and scores a cell; how many seconds it took. */
  private double done(CompareCell cell, int workers, int atOnce, PrintStream progress)
      throws IOException {
    long start = System.nanoTime();
    if (!cell.isTrained()) {
      progress.println("training");
      ConfArguments own = cell.conf().with(List.of("cluster.workers=" + workers));
      try (TrainJob job = TrainJob.check(own, cell.run().path().toString(), true)) {
        job.run(spark, cell.cell().toString(), atOnce, progress);
      }
    }
    long trained = System.nanoTime();
    EvaluateJob.ofRun(
            conf.experiment(),
            CompareJob.command(conf, options),
            cell.config(),
            cell.run(),
            samples)
        .run(spark, progress);
    cell.writeDone(samples, (System.nanoTime() - trained) * 1e-9);
    return (System.nanoTime() - start) * 1e-9;
  }

  private void failed(Cell cell, String reason) {
    System.err.println("asm: " + cell + " failed: " + reason);
    tables.fail(cell, reason);
  }

  private static String reason(Exception failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /** What is no exception of a cell's own, such as a lack of memory, ends all. */
  private static void await(Future<?> run) {
    try {
      run.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a cell ended all: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while cells train", e);
    }
  }
}
