package org.stylemining.serving;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.stylemining.adapt.TaskCheckpoint;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ConfigReader;
import org.stylemining.config.UserMistake;
import org.stylemining.report.RunFolder;
import org.stylemining.weights.Checkpoint;
import org.stylemining.weights.CheckpointState;

/** A trained network on the driver, which is sent to a Spark context's executors once. */
final class TrainedNetwork {
  private final AsmConfig config;
  private final Checkpoint checkpoint;
  private final ServedModel served;
  private SparkContext context;
  private Broadcast<ServedModel> sent;

  private TrainedNetwork(AsmConfig config, Checkpoint checkpoint) {
    this.config = config;
    this.checkpoint = checkpoint;
    served = ServedModel.of(config, checkpoint.model().values());
  }

  /**
   * A network with the configuration that it was trained with, as its checkpoint tells it.
   *
   * @param place a checkpoint's folder, or a run's: its newest complete one
   * @throws UserMistake where there is none, or it tells no configuration
   */
  static TrainedNetwork read(String place, Configuration hadoop) throws IOException {
    Checkpoint found = Checkpoint.read(new Path(place), hadoop).result();
    String configuration = found.state().configuration();
    if (configuration.isBlank()) {
      throw new UserMistake(
          "checkpoint %s: expected the configuration of the run that wrote it, found none, as in imported weights; give the configuration too"
              .formatted(found.path()));
    }
    AsmConfig config = ConfigReader.parse(configuration, "checkpoint " + found.path(), List.of());
    TaskCheckpoint.requireFit(found, config);
    return of(config, found, found.state());
  }

  /**
   * A network with another configuration.
   *
   * @throws UserMistake where the checkpoint is of another network than the configuration's
   */
  static TrainedNetwork read(String place, AsmConfig config, Configuration hadoop)
      throws IOException {
    Checkpoint found = TaskCheckpoint.read(new Path(place), config, hadoop);
    return of(config, found, found.state().withConfiguration(config.render()));
  }

  /** What training alone needs is left behind. */
  private static TrainedNetwork of(AsmConfig config, Checkpoint found, CheckpointState state) {
    return new TrainedNetwork(
        config,
        new Checkpoint(
            found.path(),
            state.withoutResult(),
            found.model(),
            new float[0],
            new float[0],
            Map.of()));
  }

  /** Writes it as a checkpoint that tells its configuration. */
  void write(String folder, Configuration hadoop) throws IOException {
    RunFolder place = RunFolder.at(folder, hadoop);
    Checkpoint.write(
        place.path(), place.fileSystem(), checkpoint.state(), checkpoint.model().values());
  }

  AsmConfig config() {
    return config;
  }

  Path path() {
    return checkpoint.path();
  }

  /**
   * The network for tasks of a context; Spark takes it back where nothing refers to it any more.
   */
  synchronized Broadcast<ServedModel> on(SparkContext spark) {
    if (context != spark) {
      sent = JavaSparkContext.fromSparkContext(spark).broadcast(served);
      context = spark;
    }
    return sent;
  }
}
