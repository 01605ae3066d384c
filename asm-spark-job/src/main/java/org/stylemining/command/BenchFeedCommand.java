package org.stylemining.command;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.stylemining.bench.FeedBenchmark;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.UserMistake;
import org.stylemining.data.ConfiguredSets;
import org.stylemining.data.SourceOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "feed",
    description = {
      "Times how one decoding thread feeds a worker: with the configuration's source sets, sample by sample in training order; reading, decoding, resizing and cropping.",
      "Run it where the workers run: the file system's distance is part of it."
    },
    footer = "  ASM_DEMO_DATA=data/drawn bin/asm bench feed demo --samples 20",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class BenchFeedCommand implements Callable<Integer> {
  @Mixin private ConfArguments conf;

  @Option(names = "--samples", paramLabel = "N", description = "Samples to measure.")
  private int samples = 50;

  @Override
  public Integer call() throws IOException {
    if (samples < 1) {
      throw new UserMistake("bench feed: expected at least one sample, found --samples " + samples);
    }
    AsmConfig config = conf.read();
    Configuration hadoop = SparkRun.hadoop();
    long start = System.nanoTime();
    SourceOrder order = new ConfiguredSets(config, hadoop).order();
    System.out.printf(
        Locale.ROOT, "the sets are listed in %.1f s%n", (System.nanoTime() - start) / 1e9);
    new FeedBenchmark(config, hadoop).run(order, samples, System.out);
    return 0;
  }
}
