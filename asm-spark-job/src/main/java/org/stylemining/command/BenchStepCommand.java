package org.stylemining.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.stylemining.bench.StepBenchmark;
import org.stylemining.config.Backbone;
import org.stylemining.config.UserMistake;
import org.stylemining.style.EncoderKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "step",
    description = {
      "Times one executor's local work: with networks of full width and random weights, E once, then per mining step D_vae, AdaIN, D, M forward and backward, and SGD.",
      "One line per iteration; the first ones also compile and allocate."
    },
    footer = "  bin/asm bench step --backbone resnet18 --height 128 --width 256",
    mixinStandardHelpOptions = true)
final class BenchStepCommand implements Callable<Integer> {
  @Option(
      names = "--task",
      defaultValue = "segmentation",
      paramLabel = "segmentation|classification|inference|decoder|encoder|bank",
      description =
          "segmentation: mining with DeepLab-v2; classification: with ResNet-18; inference: DeepLab-v2's labels of an image; decoder, encoder, bank: pretrain's training of decoder and auto-encoder, of the small encoder, and its style bank.")
  private StepBenchmark.Work task;

  @Option(
      names = "--backbone",
      defaultValue = "resnet101",
      paramLabel = "resnet101|resnet50|resnet18",
      description = "DeepLab-v2's.")
  private Backbone backbone;

  @Option(
      names = "--encoder",
      defaultValue = "vgg19",
      paramLabel = "vgg19|squeezenet|trained",
      description = "The generator's.")
  private EncoderKind encoder;

  @Option(names = "--height", defaultValue = "480", paramLabel = "H", description = "Pixels.")
  private int height;

  @Option(names = "--width", defaultValue = "960", paramLabel = "W", description = "Pixels.")
  private int width;

  @Option(
      names = "--batch",
      defaultValue = "1",
      paramLabel = "B",
      description = "Source images per iteration.")
  private int batch;

  @Option(
      names = "--depth",
      defaultValue = "2",
      paramLabel = "N",
      description = "Mining steps per iteration.")
  private int depth;

  @Option(
      names = "--iterations",
      defaultValue = "3",
      paramLabel = "N",
      description = "Iterations that are timed.")
  private int iterations;

  @Mixin private BenchThreads threads;

  @Option(
      names = "--every-gradient",
      description =
          "Compute the gradient at the code in the last mining step too, as the official code does; training has no use for it.")
  private boolean everyGradient;

  @Override
  public Integer call() {
    threads.check();
    for (int value : new int[] {height, width, batch, depth, iterations}) {
      if (value < 1) {
        throw new UserMistake(
            String.format(
                Locale.ROOT,
                "bench step: expected sizes of at least 1, found --height %d --width %d --batch %d --depth %d --iterations %d",
                height,
                width,
                batch,
                depth,
                iterations));
      }
    }
    new StepBenchmark(
            new StepBenchmark.Settings(
                task, backbone, encoder, height, width, batch, depth, everyGradient))
        .run(iterations, System.out);
    return 0;
  }
}
