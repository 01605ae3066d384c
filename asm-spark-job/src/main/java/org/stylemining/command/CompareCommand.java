package org.stylemining.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.stylemining.comparison.PairedBootstrap;
import org.stylemining.config.UserMistake;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "compare",
    description = {
      "Compares methods under several seeds: trains and scores each, and writes compare.html, .md, .csv and .json into DIR.",
      "Each pair of method and seed is a cell with a run folder of its own, DIR/METHOD/seed-N. The same command again does what is missing."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    exitCodeList = {
      "0:all cells are done",
      "1:some failed, the others are done",
      "2:a mistake to put right, found before any work"
    },
    footer = {
      "  ASM_DEMO_DATA=data/drawn ASM_RAIN=runs/rain bin/asm compare demo \\",
      "      --methods source-only,adversarial --seeds 1,2,3 --out runs/compared"
    })
final class CompareCommand implements Callable<Integer> {
  /** Of the bootstrap, so that the same scores give the same intervals. */
  private static final long DRAWS = 1;

  @Mixin private ConfArguments conf;

  @Option(
      names = "--methods",
      split = ",",
      paramLabel = "NAME",
      description =
          "Some of source-only, colour-statistics, anchored, random, adversarial, supervised.")
  private List<String> methods =
      List.of("source-only", "colour-statistics", "anchored", "random", "adversarial");

  @Option(
      names = "--method",
      paramLabel = "NAME:key=value[,key=value…]",
      showDefaultValue = Visibility.NEVER,
      description = {
        "A further method: CONF with these values. Where NAME is one of the above, its own values with these on top.",
        "May be given several times."
      })
  private List<String> definitions = List.of();

  @Option(names = "--seeds", split = ",", paramLabel = "N", description = "Of the cells.")
  private List<Long> seeds = List.of(1L, 2L, 3L);

  @Option(
      names = "--budget",
      paramLabel = "updates|images",
      showDefaultValue = Visibility.NEVER,
      description = {
        "What all methods have as much of. updates (default): each makes training.updates updates; methods that make one update per source batch see more images than those that make mining.depth of them.",
        "images: each sees as many source images as mining makes training.updates updates on, which is how the paper counts; source-only then makes fewer updates."
      })
  private Budget budget = Budget.UPDATES;

  @Option(
      names = "--baseline",
      paramLabel = "NAME",
      description = "Method that gains are measured against; default: source-only, or the first.")
  private String baseline;

  @Option(
      names = "--pretrain",
      description =
          "Trains a style generator for each seed, DIR/rain/seed-N; else style.rain is used for all.")
  private boolean pretrain;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      description =
          "Cells that train at the same time; 0: as many as cluster.workers leaves task slots for, one where that is 0.")
  private int atOnce;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      description = "Resampled sets of scored images, for the intervals.")
  private int resamples = 2000;

  @Option(
      names = "--block",
      paramLabel = "N",
      description = "Neighbouring images that are resampled together; 1: each by itself.")
  private int block = 1;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for everything; a path or a URI.")
  private String out;

  @Override
  public Integer call() throws Exception {
    List<ComparedMethod> compared = CompareOptions.methods(methods, definitions);
    if (seeds.stream().distinct().count() < seeds.size()) {
      throw new UserMistake("--seeds " + seeds + ": expected different ones");
    }
    if (atOnce < 0 || resamples < 1 || block < 1) {
      throw new UserMistake(
          "expected --at-once of 0 or more, --resamples and --block of 1 or more, found %d, %d and %d"
              .formatted(atOnce, resamples, block));
    }
    CompareOptions options =
        new CompareOptions(
            compared,
            seeds,
            budget,
            CompareOptions.baseline(Optional.ofNullable(baseline), compared),
            pretrain,
            atOnce,
            new PairedBootstrap(resamples, block, DRAWS),
            out);
    try (CompareJob job = CompareJob.check(conf, options)) {
      job.run();
    }
    return 0;
  }
}
