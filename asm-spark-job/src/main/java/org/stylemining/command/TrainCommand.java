package org.stylemining.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.stylemining.config.UserMistake;
import org.stylemining.watch.WatchServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "train",
    description = {
      "Trains the task network towards the target domain: a run folder with checkpoints, metrics and strips.",
      "With --like in place of CONF it does an earlier training again: with its configuration, environment variables and number of workers, and key=value on top."
    },
    footer = {
      "  ASM_DEMO_DATA=data/drawn ASM_RAIN=runs/rain bin/asm train demo \\",
      "      training.updates=400 --out runs/first",
      "  bin/asm --master yarn --num-executors 8 train gta5-to-cityscapes \\",
      "      --out hdfs:///runs/gta5"
    },
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "CONF",
      description = "Configuration file, or the name of an experiment in conf/.")
  private Optional<String> conf = Optional.empty();

  @Parameters(
      index = "1..*",
      paramLabel = "key=value",
      description = "Values that override the file's, such as training.batch=4.")
  private List<String> overrides = List.of();

  @Option(
      names = "--like",
      paramLabel = "PATH",
      description = "A run folder, or a checkpoint of one, that `train` made.")
  private Optional<String> like = Optional.empty();

  @Option(
      names = "--allow-other-data",
      description =
          "With --like: trains even where data or weights are not those that the run read.")
  private boolean allowOtherData;

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

  @Mixin private WatchedTraining watched;

  @Override
  public Integer call() throws Exception {
    watched.check();
    ConfArguments arguments = arguments();
    try (TrainJob job = TrainJob.check(arguments, out, resume);
        WatchServer page = watched.start(job.folder(), System.out);
        SparkRun spark = SparkRun.start("asm train " + arguments.experiment(), job.config())) {
      job.run(spark);
    }
    return 0;
  }

  private ConfArguments arguments() throws IOException {
    if (like.isEmpty()) {
      if (allowOtherData) {
        throw new UserMistake("--allow-other-data: goes with --like alone");
      }
      return new ConfArguments(
          conf.orElseThrow(() -> new UserMistake("train: expected CONF, or --like PATH")),
          overrides);
    }
    List<String> values = new ArrayList<>(overrides);
    conf.ifPresent(first -> values.add(0, first));
    for (String value : values) {
      if (value.indexOf('=') < 0) {
        throw new UserMistake(
            "train --like %s: expected key=value, found %s; the configuration is that of the run"
                .formatted(like.get(), value));
      }
    }
    return ConfArguments.like(Repetition.of(like.get(), allowOtherData, SparkRun.hadoop()), values);
  }
}
