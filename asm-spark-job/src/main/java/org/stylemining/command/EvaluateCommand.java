package org.stylemining.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "evaluate",
    description =
        "Scores a trained network over data.evaluation: a table, DIR/scores.json and example predictions in DIR/samples.",
    footer = {
      "  ASM_DEMO_DATA=data/drawn bin/asm evaluate demo --checkpoint runs/first \\",
      "      --out runs/first"
    },
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private ConfArguments conf;

  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "PATH",
      description = "A checkpoint, or a run folder (its newest complete one).")
  private String checkpoint;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the scores; a path or a URI.")
  private String out;

  @Override
  public Integer call() throws Exception {
    EvaluateJob job = EvaluateJob.check(conf, checkpoint, out);
    try (SparkRun spark = SparkRun.start("asm evaluate " + conf.experiment(), job.config())) {
      job.run(spark);
    }
    return 0;
  }
}
