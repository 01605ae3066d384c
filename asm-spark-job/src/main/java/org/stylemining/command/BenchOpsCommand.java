package org.stylemining.command;

import java.util.concurrent.Callable;
import org.stylemining.bench.OperationBench;
import org.stylemining.bench.OperationCheck;
import org.stylemining.bench.OperationReport;
import org.stylemining.bench.StepSize;
import org.stylemining.config.UserMistake;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "ops",
    description = {
      "Times every layer of one mining step: forward and backward, inside the step, VGG-19 to relu4_1 and its decoder, frozen, and DeepLab-v2 on ResNet-101 with 19 classes, trained on twice the batch."
    },
    exitCodeList = {
      "0:the work was done",
      "1:--check found an operation off the fast path, or another failure",
      "2:a mistake to put right"
    },
    footer = "  bin/asm bench ops --height 128 --width 256 --repeats 3",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class BenchOpsCommand implements Callable<Integer> {
  @Option(names = "--height", paramLabel = "H", description = "Pixels.")
  private int height = 480;

  @Option(names = "--width", paramLabel = "W", description = "Pixels.")
  private int width = 960;

  @Option(names = "--batch", paramLabel = "B", description = "Source images.")
  private int batch = 1;

  @Option(names = "--repeats", paramLabel = "N", description = "Steps that are timed.")
  private int repeats = 5;

  @Option(names = "--json", description = "The same as JSON.")
  private boolean json;

  @Option(
      names = "--check",
      description =
          "Times nothing; makes one step and names every convolution, matrix product, batch-norm and pooling that does not run as oneDNN's primitive, or on a reference implementation.")
  private boolean check;

  @Mixin private BenchThreads threads;

  @Override
  public Integer call() {
    threads.check();
    if (repeats < 1) {
      throw new UserMistake("--repeats: expected at least 1, found " + repeats);
    }
    StepSize size = size();
    if (check) {
      OperationCheck found = OperationCheck.run(size);
      System.out.print(json ? found.toJson() : found.toText());
      return found.passed() ? 0 : 1;
    }
    OperationReport report =
        OperationBench.run(
            size,
            repeats,
            done -> System.err.printf("asm: step %d of %d%n", done, OperationBench.steps(repeats)));
    System.out.print(json ? report.toJson() : report.toText());
    return 0;
  }

  private StepSize size() {
    try {
      return new StepSize(batch, height, width);
    } catch (IllegalArgumentException e) {
      throw new UserMistake("--" + e.getMessage(), e);
    }
  }
}
