package org.stylemining.command;

import java.util.concurrent.Callable;
import org.stylemining.config.UserMistake;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "check",
    description = {
      "Tells what is wrong with the sets of a configuration: reads all that data.sources, data.target, data.evaluation and style.pretrain.styles name, on Spark, before hours of a cluster are spent on them.",
      "Pairs of images and labels, damaged and truncated files, sizes, bit depths and channels, label values, classes that never occur, files that are there twice, images that are trained on and scored as well."
    },
    mixinStandardHelpOptions = true,
    exitCodeList = {
      "0:nothing is wrong, there may be warnings",
      "1:something is wrong, and is told",
      "2:a mistake in the command or the configuration"
    },
    footer = "  ASM_DEMO_DATA=data/drawn bin/asm datasets check demo --out runs/check")
final class DatasetsCheckCommand implements Callable<Integer> {
  @Mixin private ConfArguments conf;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for check.json and check.html; a path or a URI. Without it the result is only printed.")
  private String out;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description =
          "Looks at N samples of each set, drawn by the configuration's seed, and at the anchors. Default: at all.")
  private Integer sample;

  @Override
  public Integer call() throws Exception {
    if (sample != null && sample < 1) {
      throw new UserMistake("--sample %d: expected 1 or more".formatted(sample));
    }
    return DatasetsCheckJob.check(conf, out, sample == null ? 0 : sample).run();
  }
}
