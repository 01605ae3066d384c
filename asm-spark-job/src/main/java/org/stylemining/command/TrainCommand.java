package org.stylemining.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    description =
        "Trains the task network towards the target domain: a run folder with checkpoints, metrics and strips.",
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  @Mixin private ConfArguments conf;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Run folder; a path or a URI.")
  private String out;

  @Option(
      names = "--resume",
      description =
          "Goes on from the newest complete checkpoint in DIR; begins where there is none.")
  private boolean resume;

  @Override
  public Integer call() throws Exception {
    try (TrainJob job = TrainJob.check(conf, out, resume);
        SparkRun spark = SparkRun.start("asm train " + conf.experiment(), job.config())) {
      job.run(spark);
    }
    return 0;
  }
}
