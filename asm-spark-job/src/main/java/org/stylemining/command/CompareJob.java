package org.stylemining.command;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.adapt.RainFolder;
import org.stylemining.comparison.Cell;
import org.stylemining.comparison.ComparisonPlan;
import org.stylemining.comparison.Measure;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.UserMistake;
import org.stylemining.data.ConfiguredSets;
import org.stylemining.data.LabelSpaces;
import org.stylemining.dataset.Sample;
import org.stylemining.failure.RunFailure;
import org.stylemining.monitoring.JobLabel;
import org.stylemining.provenance.Provenance;
import org.stylemining.report.RunFolder;
import org.stylemining.training.RunLease;
import org.stylemining.training.RunStart;
import org.stylemining.training.TrainerWiring;

/** What {@code compare} does. */
final class CompareJob implements AutoCloseable {
  private final ConfArguments conf;
  private final AsmConfig base;
  private final CompareOptions options;
  private final List<CompareCell> cells;
  private final List<Sample> samples;
  private final OptionalInt workers;
  private final CompareTables tables;
  private final RunFolder out;
  private final RunLease lease;

  private CompareJob(
      ConfArguments conf,
      AsmConfig base,
      CompareOptions options,
      List<CompareCell> cells,
      List<Sample> samples,
      OptionalInt workers,
      CompareTables tables,
      RunFolder out,
      RunLease lease) {
    this.conf = conf;
    this.base = base;
    this.options = options;
    this.cells = cells;
    this.samples = samples;
    this.workers = workers;
    this.tables = tables;
    this.out = out;
    this.lease = lease;
  }

  /**
   * Checks all that can be checked before work begins, and takes the folder for itself.
   *
   * @throws UserMistake with every mistake
   */
  static CompareJob check(ConfArguments conf, CompareOptions options) throws IOException {
    AsmConfig base = conf.read();
    Configuration hadoop = SparkRun.hadoop();
    Checks checks = new Checks();
    Optional<RunFolder> out = checks.find(() -> Outputs.folder(options.out(), hadoop));
    List<CompareCell> cells = new ArrayList<>();
    for (long seed : options.seeds()) {
      for (ComparedMethod method : options.methods()) {
        if (out.isPresent()) {
          checks
              .find(() -> cell(conf, base, options, method, seed, out.get()))
              .ifPresent(cells::add);
        }
      }
    }
    checks.done();
    RunLease lease = RunLease.take("--out", out.orElseThrow(), command(conf, options));
    try {
      return check(conf, base, options, cells, out.get(), lease, hadoop);
    } catch (IOException | RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private static CompareJob check(
      ConfArguments conf,
      AsmConfig base,
      CompareOptions options,
      List<CompareCell> cells,
      RunFolder out,
      RunLease lease,
      Configuration hadoop)
      throws IOException {
    Checks checks = new Checks();
    for (CompareCell cell : cells) {
      checks.find(
          () -> {
            cell.requireSameConfiguration();
            return true;
          });
      if (cell.cell().seed() == options.seeds().get(0)) {
        checkInputs(cell.config(), options.pretrain(), hadoop, checks);
      }
    }
    if (options.pretrain()) {
      checkGenerators(conf, options, cells, out, checks);
    }
    Optional<List<Sample>> samples = checks.find(() -> samples(cells, hadoop));
    Optional<OptionalInt> workers = checks.find(() -> workers(base, cells));
    Optional<int[]> scored = checks.find(() -> LabelSpaces.scored(base));
    checks.done();
    Map<String, String> methods = new LinkedHashMap<>();
    options.methods().forEach(method -> methods.put(method.name(), method.text()));
    ComparisonPlan plan =
        new ComparisonPlan(
            conf.experiment(),
            command(conf, options),
            options.budget().words(base),
            methods,
            options.seeds(),
            options.baseline(),
            base.model().network().labelsPixels() ? Measure.MEAN_IOU : Measure.ACCURACY,
            LabelSpaces.of(base.data()).classes(),
            scored.orElseThrow(),
            options.bootstrap());
    return new CompareJob(
        conf,
        base,
        options,
        cells,
        samples.orElseThrow(),
        workers.orElseThrow(),
        new CompareTables(plan, out),
        out,
        lease);
  }

  /** The cell of a method and a seed, within the budget. */
  private static CompareCell cell(
      ConfArguments conf,
      AsmConfig base,
      CompareOptions options,
      ComparedMethod method,
      long seed,
      RunFolder out) {
    List<String> settings = new ArrayList<>(method.settings());
    AsmConfig alone = conf.with(settings).read();
    requireComparable(method, base, alone, options);
    settings.add("seed=" + seed);
    if (options.pretrain()) {
      settings.add("style.rain=" + rain(out, seed).path());
    }
    settings.addAll(options.budget().settings(base, alone));
    ConfArguments own = conf.with(settings);
    Cell cell = new Cell(method.name(), seed);
    return new CompareCell(
        cell,
        own,
        own.read(),
        new RunFolder(out.fileSystem(), new Path(out.path(), cell.toString())));
  }

  /** Methods are compared on the same images, scored alike, at the same cost. */
  private static void requireComparable(
      ComparedMethod method, AsmConfig base, AsmConfig own, CompareOptions options) {
    Map<String, Boolean> same = new LinkedHashMap<>();
    same.put("seed", own.seed() == base.seed());
    same.put("data.labels", own.data().labels() == base.data().labels());
    same.put("data.evaluation", own.data().evaluation().equals(base.data().evaluation()));
    same.put("data.supervised", own.data().supervised().equals(base.data().supervised()));
    same.put("evaluate", own.evaluate().equals(base.evaluate()));
    same.put("training.updates", own.training().updates() == base.training().updates());
    same.put("cluster", own.cluster().equals(base.cluster()));
    same.put("style (with --pretrain)", !options.pretrain() || own.style().equals(base.style()));
    same.forEach(
        (key, isSame) -> {
          if (!isSame) {
            throw new UserMistake(
                "--method %s: sets %s, which has to be the same for all methods; set it for all of them, behind CONF"
                    .formatted(method.name(), key));
          }
        });
  }

  private static void checkInputs(
      AsmConfig config, boolean pretrain, Configuration hadoop, Checks checks) throws IOException {
    ConfiguredSets sets = new ConfiguredSets(config, hadoop);
    checks.find(sets::trained);
    if (config.training().method().usesAnchors()) {
      checks.find(() -> TrainJob.anchors(sets, config, hadoop));
    }
    if (config.training().method().usesGenerator() && !pretrain) {
      checks.find(() -> RainFolder.read(new Path(config.requireRain()), hadoop));
    }
  }

  private static void checkGenerators(
      ConfArguments conf,
      CompareOptions options,
      List<CompareCell> cells,
      RunFolder out,
      Checks checks)
      throws IOException {
    for (long seed : options.seeds()) {
      RunFolder rain = rain(out, seed);
      ConfArguments own = generator(conf, seed);
      checks.find(
          () -> {
            if (rain.fileSystem().exists(new Path(rain.path(), RainFolder.FILE))) {
              RunStart.requireSameConfiguration(
                  "--out", rain, own.read().render(), TrainerWiring.UNUSED_IN_PRETRAINING);
            }
            return true;
          });
    }
    if (cells.stream().anyMatch(cell -> cell.config().training().method().usesGenerator())) {
      checks.find(
          () -> {
            long first = options.seeds().get(0);
            PretrainJob.check(generator(conf, first), rain(out, first).path().toString(), true)
                .close();
            return true;
          });
    }
  }

  /** Folder of a seed's generator. */
  static RunFolder rain(RunFolder out, long seed) {
    return new RunFolder(out.fileSystem(), new Path(out.path(), "rain/seed-" + seed));
  }

  /** Configuration of a seed's generator. */
  static ConfArguments generator(ConfArguments conf, long seed) {
    return conf.with(List.of("seed=" + seed));
  }

  /**
   * What all cells are scored on: the images that each of them may be scored on, so that an anchor
   * of one seed is scored under none.
   */
  private static List<Sample> samples(List<CompareCell> cells, Configuration hadoop)
      throws IOException {
    Set<List<Object>> listed = new HashSet<>();
    List<Sample> common = null;
    for (CompareCell cell : cells) {
      AsmConfig config = cell.config();
      // Anchors without names are drawn with the seed.
      List<Object> what =
          List.of(
              config.data().target(),
              config.data().sources(),
              config.data().target().anchors().isEmpty() ? config.seed() : 0L);
      if (listed.add(what)) {
        List<Sample> own = new ConfiguredSets(config, hadoop).evaluation();
        Set<String> images = new HashSet<>();
        own.forEach(sample -> images.add(sample.image()));
        common =
            common == null
                ? own
                : common.stream().filter(sample -> images.contains(sample.image())).toList();
      }
    }
    if (common == null || common.isEmpty()) {
      throw new UserMistake(
          "data.evaluation: no image is left that is an anchor under no seed; name data.target.anchors, or compare fewer seeds");
    }
    return common;
  }

  /** The number of workers that every cell trains with; empty where none was begun. */
  private static OptionalInt workers(AsmConfig base, List<CompareCell> cells) throws IOException {
    int asked = base.cluster().workers();
    OptionalInt found = OptionalInt.empty();
    for (CompareCell cell : cells) {
      OptionalInt own = cell.workers();
      int wanted = asked > 0 ? asked : found.orElse(own.orElse(0));
      if (own.isPresent() && own.getAsInt() != wanted) {
        throw new UserMistake(
            "--out: %s was trained with %d workers, others are to be with %d (cluster.workers): cells would not be comparable"
                .formatted(cell.run().path(), own.getAsInt(), wanted));
      }
      found = own.isPresent() ? own : found;
    }
    return found;
  }

  static String command(ConfArguments conf, CompareOptions options) {
    StringBuilder command = new StringBuilder("compare ").append(conf);
    for (ComparedMethod method : options.methods()) {
      command.append(" --method ").append(method.name());
      if (!method.settings().isEmpty()) {
        command.append(':').append(String.join(",", method.settings()));
      }
    }
    command.append(" --seeds ");
    command.append(String.join(",", options.seeds().stream().map(String::valueOf).toList()));
    command.append(" --budget ").append(options.budget().name().toLowerCase(Locale.ROOT));
    if (options.pretrain()) {
      command.append(" --pretrain");
    }
    return command.append(" --out ").append(options.out()).toString();
  }

  /**
   * Does what is missing, and writes the tables.
   *
   * @throws RunFailure where cells failed; the others are done
   */
  void run() throws IOException {
    List<CompareCell> pending = new ArrayList<>();
    for (CompareCell cell : cells) {
      if (cell.isDone(samples)) {
        tables.add(cell.result());
      } else {
        pending.add(cell);
      }
    }
    System.out.printf(
        "%d cells, %d of them done before; scored on %d images%n",
        cells.size(), cells.size() - pending.size(), samples.size());
    tables.before().ifPresent(tables::madeBy);
    if (!pending.isEmpty()) {
      try (SparkRun spark = SparkRun.start("asm compare " + conf.experiment(), base);
          JobLabel label = spark.label("compare " + out.path(), "compare")) {
        Provenance provenance = provenance(spark);
        tables.madeBy(provenance);
        new CellRuns(spark, conf, base, options, samples, workers, tables, out).run(pending);
        tables.madeBy(provenance.endedAt(Instant.now()));
      }
    }
    tables.write();
    tables.print();
    if (!tables.failed().isEmpty()) {
      StringBuilder message =
          new StringBuilder(
              "%d of %d cells failed; the same command does them again:"
                  .formatted(tables.failed().size(), cells.size()));
      tables
          .failed()
          .forEach(
              (cell, reason) -> message.append("\n  ").append(cell).append(": ").append(reason));
      throw new RunFailure(message.toString(), null);
    }
  }

  /** What makes the comparison; data and weights of each cell are told in its own folder. */
  private Provenance provenance(SparkRun spark) throws IOException {
    int slots = spark.slots(base);
    Provenance now =
        Provenance.start(
                conf.experiment(),
                command(conf, options),
                base.seed(),
                spark.cluster(base.cluster().workers() > 0 ? base.cluster().workers() : slots),
                Nd4j.getBackend().getClass().getSimpleName(),
                List.of(Inputs.evaluation(base, out.fileSystem().getConf())),
                Instant.now())
            .configured(base.render());
    return tables.before().map(now::resuming).orElse(now);
  }

  /** Gives the folder free. */
  @Override
  public void close() {
    lease.close();
  }
}
