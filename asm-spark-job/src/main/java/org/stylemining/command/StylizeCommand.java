package org.stylemining.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "stylize",
    description =
        "Shows one image in styles around another's: as the trained generator makes them.",
    footer = {
      "  ASM_RAIN=runs/rain bin/asm stylize demo --content street.png \\",
      "      --target photo.jpg --out runs/styles"
    },
    mixinStandardHelpOptions = true)
final class StylizeCommand implements Callable<Integer> {
  @Mixin private ConfArguments conf;

  @Option(
      names = "--content",
      required = true,
      paramLabel = "IMAGE",
      description =
          "The image to stylise: a file, or one image of a configured set that keeps many in a file, such as train-images-idx3-ubyte.gz#12.")
  private String content;

  @Option(
      names = "--target",
      required = true,
      paramLabel = "IMAGE",
      description = "The image whose style is taken; named in the same ways.")
  private String target;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the pictures; a path or a URI.")
  private String out;

  @Option(
      names = "--sampling",
      defaultValue = "anchored",
      paramLabel = "anchored|random|mean",
      description =
          "anchored: styles drawn around the target's; random: styles of no domain in particular; mean: the target's as the generator knows it.")
  private StylizeJob.Sampling sampling;

  @Override
  public Integer call() throws Exception {
    StylizeJob.check(conf, content, target, out).run(sampling);
    return 0;
  }
}
