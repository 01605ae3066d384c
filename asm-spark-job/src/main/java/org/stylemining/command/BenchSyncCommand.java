package org.stylemining.command;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.stylemining.config.ExecutorsConfig;
import org.stylemining.config.FewerExecutors;
import org.stylemining.config.UserMistake;
import org.stylemining.training.SyncBenchmark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "sync",
    description = {
      "Times sync rounds in which nobody trains: on Spark, sending parameters and optimizer state to the workers, bringing them back and averaging them.",
      "One line per round; the first one also compiles and allocates. Spark's options come before `bench`."
    },
    footer = "  bin/asm --master 'local[2]' bench sync --parameters 1000000",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class BenchSyncCommand implements Callable<Integer> {
  private static final int WAIT_SECONDS = 300;

  @Option(
      names = "--parameters",
      paramLabel = "N",
      description =
          "Values of the network's parameters; DeepLab-v2 on ResNet-101 has about 44 million.")
  private int parameters = 44_000_000;

  @Option(
      names = "--states",
      paramLabel = "0|1|2",
      description = "Values of the optimizer's state per parameter: 1 for momentum, 2 for Adam.")
  private int states = 1;

  @Option(
      names = "--workers",
      paramLabel = "W",
      description = "0: as many as Spark offers task slots.")
  private int workers;

  @Option(names = "--rounds", paramLabel = "R", description = "Rounds.")
  private int rounds = 5;

  @Override
  public Integer call() throws TimeoutException {
    if (parameters < 1 || states < 0 || states > 2 || workers < 0 || rounds < 1) {
      throw new UserMistake(
          "bench sync: expected at least one parameter, one round, 0 to 2 states and no negative number of workers, found --parameters %d --states %d --workers %d --rounds %d"
              .formatted(parameters, states, workers, rounds));
    }
    try (SparkRun spark = SparkRun.start("asm bench sync")) {
      int slots = spark.slots(new ExecutorsConfig(0, WAIT_SECONDS, FewerExecutors.STOP));
      new SyncBenchmark(
              new SyncBenchmark.Settings(parameters, states, workers > 0 ? workers : slots, rounds))
          .run(spark.context(), System.out);
    }
    return 0;
  }
}
