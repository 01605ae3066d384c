package org.stylemining.training;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.stylemining.adapt.LocalTrainer;
import org.stylemining.adapt.TrainerFactory;
import org.stylemining.config.AsmConfig;
import org.stylemining.data.SourceBatch;
import org.stylemining.data.SourceOrder;
import org.stylemining.device.DeviceRequest;
import org.stylemining.device.WorkerDevice;
import org.stylemining.monitoring.JobLabel;
import org.stylemining.monitoring.SparkMonitor;
import org.stylemining.pretrain.PretrainWorkers;
import org.stylemining.provenance.Provenance;
import org.stylemining.report.RunFolder;
import org.stylemining.shard.BatchSource;
import org.stylemining.shard.SourceShards;
import org.stylemining.shard.WorkerBatch;
import org.stylemining.weights.Checkpoint;

/**
 * The training of the generator on Spark. Every phase is a run of its own in a folder below {@code
 * phases}, with its log and its checkpoints, so that a training of days can go on where it stopped.
 */
public final class SparkPretraining implements PretrainWorkers {
  private final JavaSparkContext spark;
  private final AsmConfig config;
  private final RunFolder out;
  private final boolean resume;
  private final SourceOrder order;
  private final BatchSource images;
  private final int workers;
  private final Provenance provenance;
  private final WriteFence fence;
  private final PrintStream progress;

  /**
   * @param out folder that is trained into
   * @param resume whether phases that are there already are gone on with
   * @param order of the source images
   * @param images cut for the generator
   * @param provenance of the training
   * @param fence of the folder
   */
  public SparkPretraining(
      JavaSparkContext spark,
      AsmConfig config,
      RunFolder out,
      boolean resume,
      SourceOrder order,
      BatchSource images,
      int workers,
      Provenance provenance,
      WriteFence fence,
      PrintStream progress) {
    this.spark = spark;
    this.config = config;
    this.out = out;
    this.resume = resume;
    this.order = order;
    this.images = images;
    this.workers = workers;
    this.provenance = provenance;
    this.fence = fence;
    this.progress = progress;
  }

  /** Folder of all phases. */
  public static Path phases(RunFolder out) {
    return new Path(out.path(), "phases");
  }

  /** Folder of a phase's run. */
  private static RunFolder phase(RunFolder out, String name) {
    return new RunFolder(out.fileSystem(), new Path(phases(out), name));
  }

  @Override
  public float[] train(Phase phase, TrainerFactory trainers, float[] theta) throws IOException {
    RunFolder run = phase(out, phase.name());
    Optional<Checkpoint> checkpoint = RunStart.find(run, resume);
    checkpoint.ifPresent(
        found ->
            RunStart.requireSameConfiguration(
                found, config.render(), TrainerWiring.UNUSED_IN_PRETRAINING));
    int together = RunStart.workers(checkpoint, config.cluster().workers(), () -> workers);
    RunPlan plan = plan(phase, trainers, theta, together);
    Last last = new Last(plan.shards().rounds());
    Broadcast<WorkerKit> kit = spark.broadcast(kit(trainers));
    try (JobLabel label = JobLabel.phase(spark.sc(), phase.name())) {
      new TrainingRun(
              plan, run, fence, SparkMonitor.of(spark.sc(), "", config.report(), run), progress)
          .execute(
              checkpoint,
              (start, state) ->
                  new ParameterAveraging(spark, kit, start, state, config.data().prefetch()),
              last);
    }
    return last.theta;
  }

  private RunPlan plan(Phase phase, TrainerFactory trainers, float[] theta, int together) {
    try (LocalTrainer one = trainers.create()) {
      return new RunPlan(
          new FlatForm(theta),
          one.stateCount(),
          SourceShards.of(
              order,
              together,
              phase.batch(),
              one.updatesPerBatch(),
              phase.updates(),
              phase.syncEvery()),
          config.data().maxBadFraction(),
          config.checkpoint(),
          config.sync().plain(),
          config.seed(),
          config.render(),
          provenance);
    }
  }

  private WorkerKit kit(TrainerFactory trainers) {
    return new WorkerKit(
        UUID.randomUUID().toString(), trainers, images, DeviceRequest.of(config.cluster()));
  }

  @Override
  public List<float[]> map(BatchFunction function, int count, int batch) throws IOException {
    List<String> paths = new ArrayList<>();
    for (long from = 0; from < count; from += batch) {
      int size = (int) Math.min(batch, count - from);
      paths.add(
          new WorkerBatch(0, LongStream.range(from, from + size).toArray(), order.range(from, size))
              .toPath());
    }
    BatchSource source = images;
    DeviceRequest devices = DeviceRequest.of(config.cluster());
    Broadcast<BatchFunction> sent = spark.broadcast(function);
    try (JobLabel label = JobLabel.part(spark.sc(), "features of %d styles".formatted(count))) {
      return spark
          .parallelize(paths, Math.min(workers, paths.size()))
          .mapPartitions(own -> apply(sent.value(), own, source, devices))
          .collect();
    } finally {
      sent.destroy();
    }
  }

  private static Iterator<float[]> apply(
      BatchFunction function, Iterator<String> paths, BatchSource images, DeviceRequest devices)
      throws IOException {
    WorkerDevice.ofTask(devices).bind();
    TrainerPool.clear();
    List<float[]> results = new ArrayList<>();
    try (BatchFunction.Open open = function.open()) {
      while (paths.hasNext()) {
        WorkerBatch batch = WorkerBatch.ofPath(paths.next());
        SourceBatch read = images.read(batch.samples(), batch.positions());
        if (!read.isEmpty()) {
          results.addAll(open.apply(read));
        }
      }
    }
    return results.iterator();
  }

  @Override
  public SourceBatch sample(int count) throws IOException {
    return images.read(order.range(0, count), LongStream.range(0, count).toArray());
  }

  /** Keeps the last round's parameters. */
  private static final class Last implements TrainingRun.Observer {
    private final int rounds;
    private float[] theta;

    Last(int rounds) {
      this.rounds = rounds;
    }

    @Override
    public void after(int round, INDArray current) {
      if (round == rounds) {
        theta = FlatForm.values(current);
      }
    }
  }
}
