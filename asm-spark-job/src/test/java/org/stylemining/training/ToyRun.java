package org.stylemining.training;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.adapt.TrainerFactory;
import org.stylemining.config.CheckpointConfig;
import org.stylemining.config.OnFailure;
import org.stylemining.config.StateRule;
import org.stylemining.config.SyncConfig;
import org.stylemining.data.SourceOrder;
import org.stylemining.monitoring.RunMonitor;
import org.stylemining.report.MetricsLog;
import org.stylemining.report.RunFolder;
import org.stylemining.shard.RoundSchedule;
import org.stylemining.shard.SourceShards;
import org.stylemining.weights.Checkpoint;
import org.stylemining.weights.CheckpointStore;

/**
 * A run of a toy network: by default two workers, seven rounds of two batches of three samples, two
 * updates each, a checkpoint every second round.
 */
final class ToyRun {
  static final int SIZE = 50;
  static final int DEPTH = 2;
  static final int ROUNDS = 7;
  static final int SAMPLES_PER_ROUND = 12;
  static final SyncConfig PATIENT = new SyncConfig(0, 0, 1, 0, 1);
  static final CheckpointConfig EVERY_SECOND = new CheckpointConfig(2, 2, OnFailure.CONTINUE);

  private final JavaSparkContext spark;
  private final RunFolder folder;
  private final ByteArrayOutputStream watched = new ByteArrayOutputStream();
  private TrainerFactory trainers = ToyTrainer.factory(SIZE, 1, DEPTH);
  private SyncConfig sync = PATIENT;
  private CheckpointConfig checkpoint = EVERY_SECOND;
  private IntFunction<String> images = i -> "image-" + i;
  private RoundSchedule schedule = RoundSchedule.fixed(2L * ROUNDS, 2);
  private int workers = 2;
  private NetworkForm form = new VectorForm(SIZE, 1);
  private double maxBadFraction = 0.5;
  private TrainingRun.Observer observer = (round, theta) -> {};
  private WriteFence fence = WriteFence.NONE;
  private RunMonitor monitor = RunMonitor.NONE;

  private ToyRun(JavaSparkContext spark, RunFolder folder) {
    this.spark = spark;
    this.folder = folder;
  }

  static ToyRun in(JavaSparkContext spark, Path folder) throws Exception {
    return in(spark, folder.toString(), new Configuration());
  }

  static ToyRun in(JavaSparkContext spark, String uri, Configuration hadoop) throws Exception {
    return new ToyRun(spark, RunFolder.at(uri, hadoop));
  }

  /** Makes something else of every trainer; the function travels to the executors. */
  interface Wrapping extends UnaryOperator<LocalTrainer>, java.io.Serializable {}

  ToyRun trainers(Wrapping wrapping) {
    TrainerFactory plain = trainers;
    trainers = () -> wrapping.apply(plain.create());
    return this;
  }

  ToyRun sync(SyncConfig sync) {
    this.sync = sync;
    return this;
  }

  ToyRun checkpoint(CheckpointConfig checkpoint) {
    this.checkpoint = checkpoint;
    return this;
  }

  ToyRun images(IntFunction<String> images) {
    this.images = images;
    return this;
  }

  ToyRun schedule(RoundSchedule schedule) {
    this.schedule = schedule;
    return this;
  }

  ToyRun workers(int workers) {
    this.workers = workers;
    return this;
  }

  ToyRun maxBadFraction(double fraction) {
    maxBadFraction = fraction;
    return this;
  }

  ToyRun form(NetworkForm form) {
    this.form = form;
    return this;
  }

  ToyRun observer(TrainingRun.Observer observer) {
    this.observer = observer;
    return this;
  }

  ToyRun fence(WriteFence fence) {
    this.fence = fence;
    return this;
  }

  ToyRun monitor(RunMonitor monitor) {
    this.monitor = monitor;
    return this;
  }

  /** Trains to the end, from the newest checkpoint where there is one. */
  float[] train() throws Exception {
    RunPlan plan =
        new RunPlan(
            form,
            sync.optimizerState() == StateRule.RESET ? 0 : SIZE,
            shards(),
            maxBadFraction,
            checkpoint,
            sync,
            1,
            "seed = 1");
    WorkerKit kit = new WorkerKit(UUID.randomUUID().toString(), trainers, new ToyImages(), 0);
    float[][] last = new float[1][];
    new TrainingRun(
            plan, folder, fence, monitor, new PrintStream(watched, true, StandardCharsets.UTF_8))
        .execute(
            RunStart.find(folder, true),
            (theta, state) ->
                new ParameterAveraging(
                    spark,
                    spark.broadcast(kit),
                    theta,
                    state,
                    2,
                    new MeanRule(sync.weight(), plan.form().learned(), sync.outer(), ToyRun::rate)),
            (round, theta) -> {
              last[0] = theta.dup().toFloatVector();
              observer.after(round, theta);
            });
    return last[0];
  }

  /** What each worker trains on. */
  SourceShards shards() {
    return new SourceShards(
        new SourceOrder(
            1,
            List.of(
                IntStream.range(0, 20).mapToObj(i -> ToyImages.sample(images.apply(i))).toList()),
            new double[] {1}),
        workers,
        3,
        DEPTH,
        schedule);
  }

  /** Learning rate at the beginning of a round. */
  static double rate(int round) {
    return 0.1 / round;
  }

  /** What a person saw. */
  String watched() {
    return watched.toString(StandardCharsets.UTF_8);
  }

  Optional<Checkpoint> newest() throws Exception {
    return new CheckpointStore(folder.path(), folder.fileSystem().getConf()).newest();
  }

  <R> List<R> records(Class<R> kind) throws Exception {
    return MetricsLog.read(folder).stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
