package org.stylemining.command;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.nd4j.linalg.factory.Nd4j;
import org.stylemining.adapt.Predictor;
import org.stylemining.adapt.TaskCheckpoint;
import org.stylemining.adapt.WorkerMemory;
import org.stylemining.comparison.ImageMatrix;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.UserMistake;
import org.stylemining.data.ConfiguredSets;
import org.stylemining.data.LabelSpaces;
import org.stylemining.dataset.LabelSpace;
import org.stylemining.dataset.Sample;
import org.stylemining.device.MemoryNeed;
import org.stylemining.evaluation.Evaluation;
import org.stylemining.provenance.Provenance;
import org.stylemining.report.PredictionSample;
import org.stylemining.report.RunFolder;
import org.stylemining.score.TaskScores;
import org.stylemining.weights.Checkpoint;

/** What {@code evaluate} does. */
final class EvaluateJob {
  private final String experiment;
  private final String command;
  private final AsmConfig config;
  private final Checkpoint checkpoint;
  private final List<Sample> samples;
  private final int[] counted;
  private final RunFolder out;
  private final boolean eachImage;

  private EvaluateJob(
      String experiment,
      String command,
      AsmConfig config,
      Checkpoint checkpoint,
      List<Sample> samples,
      int[] counted,
      RunFolder out,
      boolean eachImage) {
    this.experiment = experiment;
    this.command = command;
    this.config = config;
    this.checkpoint = checkpoint;
    this.samples = samples;
    this.counted = counted;
    this.out = out;
    this.eachImage = eachImage;
  }

  /**
   * Checks all that can be checked before work begins.
   *
   * @throws UserMistake with every mistake
   */
  static EvaluateJob check(ConfArguments conf, String place, String out) throws IOException {
    AsmConfig config = conf.read();
    Configuration hadoop = SparkRun.hadoop();
    Checks checks = new Checks();
    Optional<RunFolder> folder = checks.find(() -> Outputs.folder(out, hadoop));
    Optional<List<Sample>> samples = checks.find(new ConfiguredSets(config, hadoop)::evaluation);
    Optional<int[]> counted = checks.find(() -> LabelSpaces.scored(config));
    Optional<Checkpoint> checkpoint =
        checks.find(() -> TaskCheckpoint.read(new Path(place), config, hadoop));
    checks.done();
    return new EvaluateJob(
        conf.experiment(),
        "evaluate %s --checkpoint %s --out %s".formatted(conf, place, out),
        config,
        checkpoint.orElseThrow(),
        samples.orElseThrow(),
        counted.orElseThrow(),
        folder.orElseThrow(),
        false);
  }

  /**
   * Scores the result of a run over given samples, into the run's own folder; {@code images.jsonl}
   * keeps each image's matrix.
   *
   * @param experiment name of the configuration
   * @param command that does it
   */
  static EvaluateJob ofRun(
      String experiment, String command, AsmConfig config, RunFolder run, List<Sample> samples)
      throws IOException {
    return new EvaluateJob(
        experiment,
        command,
        config,
        TaskCheckpoint.read(run.path(), config, run.fileSystem().getConf()),
        samples,
        LabelSpaces.scored(config),
        new RunFolder(run.fileSystem(), run.evaluation()),
        true);
  }

  /** Each image's matrix, in an evaluation's folder. */
  static Path images(Path evaluation) {
    return new Path(evaluation, "images.jsonl");
  }

  AsmConfig config() {
    return config;
  }

  TaskScores run(SparkRun spark) throws IOException {
    return run(spark, System.out);
  }

  /** The same, watched elsewhere. */
  TaskScores run(SparkRun spark, PrintStream progress) throws IOException {
    return spark.watched(
        "evaluate " + out.path(),
        "evaluate",
        out.fileSystem(),
        out.logs(),
        () -> score(spark, progress));
  }

  private TaskScores score(SparkRun spark, PrintStream progress) throws IOException {
    int slots = spark.slots(config);
    spark.requireMemory(
        config,
        new MemoryNeed(
            WorkerMemory.inference(config, Predictor.inputSize(config), Evaluation.batch(config)),
            0,
            0),
        slots);
    progress.printf("scoring %d images with %s%n", samples.size(), checkpoint.resultName());
    if (!checkpoint.fresh().isEmpty()) {
      progress.println("drawn on import and never trained: " + checkpoint.fresh());
    }
    Provenance provenance = provenance(spark, slots);
    Evaluation.Result result =
        new Evaluation(spark.context(), config, slots).run(checkpoint.model(), samples, eachImage);
    LabelSpace space = LabelSpaces.of(config.data());
    TaskScores scores =
        config.model().network().labelsPixels()
            ? result.matrix().scores(space.classes(), counted)
            : result.matrix().classification(space.classes(), counted);
    if (!eachImage) {
      progress.print(scores.toTable());
    }
    result
        .damaged()
        .forEach(
            damage ->
                progress.printf("skipped, damaged: %s (%s)%n", damage.path(), damage.reason()));
    Path folder = new Path(out.path(), "samples");
    Set<String> names = new HashSet<>();
    for (Evaluation.Example example : result.examples()) {
      // Sets keep images of the same name in different folders.
      String name = example.sample().name();
      PredictionSample.write(
          out.fileSystem(),
          folder,
          names.add(name) ? name : example.place() + "-" + name,
          example.truth().image(),
          Optional.of(example.truth().labels()),
          example.prediction(),
          space);
    }
    if (eachImage) {
      out.write(images(out.path()), ImageMatrix.toJsonLines(result.images()));
    }
    out.write(
        new Path(out.path(), "scores.json"),
        provenance.endedAt(Instant.now()).into(scores.toJson()));
    return scores;
  }

  private Provenance provenance(SparkRun spark, int slots) throws IOException {
    Inputs inputs = Inputs.ofEvaluation(config, checkpoint, out.fileSystem().getConf());
    return Provenance.start(
            experiment,
            command,
            config.seed(),
            spark.cluster(slots),
            Nd4j.getBackend().getClass().getSimpleName(),
            inputs.data(),
            Instant.now())
        .with(inputs.weights())
        .configured(config.render());
  }
}
