package org.stylemining.command;

import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    description = {
      "Writes weights for other programs: under the official implementation's names.",
      "Of a generator: DIR/encoder.pth, decoder.pth, fc_encoder.pth, fc_decoder.pth."
    },
    footer = "  bin/asm export --checkpoint runs/first --format torch --out first.pth",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  /** What is exported. */
  private static final class Source {
    @Option(
        names = "--checkpoint",
        required = true,
        paramLabel = "PATH",
        description = "A checkpoint, or a run folder (its newest complete one).")
    private String checkpoint;

    @Option(
        names = "--rain",
        required = true,
        paramLabel = "DIR",
        description = "A generator's folder, as `pretrain` and `import` write it.")
    private String rain;
  }

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Source source;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "torch|safetensors",
      description =
          "torch: what torch.load reads, a dictionary of tensors; safetensors: of a checkpoint only.")
  private ExportJob.Format format;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description = "File of a checkpoint's weights, folder of a generator's; a path or a URI.")
  private String out;

  @Option(names = "--force", description = "Replaces an earlier export at PATH.")
  private boolean force;

  @Override
  public Integer call() throws Exception {
    ExportJob job = new ExportJob(new Path(out), force, SparkRun.hadoop());
    if (source.checkpoint != null) {
      job.checkpoint(new Path(source.checkpoint), format);
    } else {
      job.rain(new Path(source.rain), format);
    }
    return 0;
  }
}
