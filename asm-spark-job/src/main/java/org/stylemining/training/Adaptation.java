package org.stylemining.training;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.stylemining.adapt.RainFolder;
import org.stylemining.adapt.TaskTraining;
import org.stylemining.config.AsmConfig;
import org.stylemining.data.SourceOrder;
import org.stylemining.image.RgbImage;
import org.stylemining.monitoring.RunMonitor;
import org.stylemining.provenance.Provenance;
import org.stylemining.report.RunFolder;
import org.stylemining.weights.Checkpoint;

/** The training of the task network as configured, from its first round or from a checkpoint. */
public final class Adaptation {
  private final JavaSparkContext spark;
  private final AsmConfig config;
  private final RunFolder run;
  private final WriteFence fence;
  private final RunMonitor monitor;
  private final PrintStream progress;
  private final int runsAtOnce;

  /**
   * @param fence of the run's folder
   * @param monitor that is told of the rounds
   * @param runsAtOnce runs that train beside each other in this application
   * @param progress where a person watches
   */
  public Adaptation(
      JavaSparkContext spark,
      AsmConfig config,
      RunFolder run,
      WriteFence fence,
      RunMonitor monitor,
      int runsAtOnce,
      PrintStream progress) {
    this.spark = spark;
    this.config = config;
    this.run = run;
    this.fence = fence;
    this.monitor = monitor;
    this.progress = progress;
    this.runsAtOnce = runsAtOnce;
  }

  /**
   * Trains to the end.
   *
   * @param order of the source images
   * @param rain the generator; empty where the method needs none
   * @param anchors images of the target whose styles or colours are used; none where the method
   *     uses none
   * @param workers that train at the same time
   * @param checkpoint to go on from
   * @param provenance of the run
   */
  public void run(
      SourceOrder order,
      Optional<RainFolder> rain,
      Iterable<RgbImage> anchors,
      int workers,
      Optional<Checkpoint> checkpoint,
      Provenance provenance)
      throws IOException {
    Configuration hadoop = spark.hadoopConfiguration();
    TaskTraining trainers = TrainerWiring.trainers(config, rain, anchors);
    try (TaskForm form = TrainerWiring.form(config, hadoop)) {
      RunPlan plan = TrainerWiring.plan(config, form, trainers, order, workers, provenance);
      Broadcast<WorkerKit> kit =
          spark.broadcast(TrainerWiring.kit(config, trainers, runsAtOnce, hadoop));
      TrainingRun.Observer strips =
          rain.isEmpty()
              ? (round, theta) -> {}
              : new StripPainter(
                  spark,
                  kit,
                  run,
                  form,
                  order.at(0),
                  config.mining().depth(),
                  plan.shards().rounds(),
                  config.report().stripEvery());
      new TrainingRun(plan, run, fence, monitor, progress)
          .execute(
              checkpoint,
              (theta, state) ->
                  new ParameterAveraging(
                      spark,
                      kit,
                      theta,
                      state,
                      config.data().prefetch(),
                      TrainerWiring.meanRule(config, plan)),
              strips);
    }
  }
}
