package org.stylemining.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "pretrain",
    description =
        "Trains RAIN, the style generator. Says how well the target's style comes back through it.",
    footer = "  ASM_DEMO_DATA=data/drawn bin/asm pretrain demo --out runs/rain",
    mixinStandardHelpOptions = true)
final class PretrainCommand implements Callable<Integer> {
  @Mixin private ConfArguments conf;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the generator; style.rain names it in `train`.")
  private String out;

  @Option(
      names = "--resume",
      description = "Goes on with the phases of training that are in DIR already.")
  private boolean resume;

  @Override
  public Integer call() throws Exception {
    try (PretrainJob job = PretrainJob.check(conf, out, resume);
        SparkRun spark = SparkRun.start("asm pretrain " + conf.experiment(), job.config())) {
      job.run(spark);
    }
    return 0;
  }
}
