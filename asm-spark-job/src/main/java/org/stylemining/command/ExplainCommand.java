package org.stylemining.command;

import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "explain",
    description = {
      "Shows what a trained network and its generator make of images: mined styles beside the styles of real target images, and the network's features of source, stylised and target images, both laid out by t-SNE.",
      "Writes DIR/explain; `report DIR` draws it. Nothing is trained."
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
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
      description = "Folder to write explain/ into, such as the run's; a path or a URI.")
  private String out;

  @Option(
      names = "--images",
      defaultValue = "60",
      paramLabel = "N",
      description =
          "Source images to mine from, and at most as many real target images (default: ${DEFAULT-VALUE}).")
  private int images;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Of the drawn styles, the choice of target images and the layouts (default: the configuration's).")
  private Long seed;

  @Override
  public Integer call() throws Exception {
    ExplainJob.check(
            conf,
            checkpoint,
            out,
            images,
            seed == null ? OptionalLong.empty() : OptionalLong.of(seed))
        .run(System.out);
    return 0;
  }
}
