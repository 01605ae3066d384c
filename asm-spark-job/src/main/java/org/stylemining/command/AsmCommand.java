package org.stylemining.command;

import org.stylemining.provenance.Build;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: it does nothing without a command. */
@Command(
    name = "asm",
    customSynopsis = "asm [SPARK OPTIONS] COMMAND ...",
    description = {
      "Adapts a segmentation network to a new domain that is known from one unlabelled image (adversarial style mining), on Spark.",
      "SPARK OPTIONS are spark-submit's own, such as --master; the default is --master local[*]."
    },
    subcommands = {
      DemoCommand.class,
      MakeDemoDataCommand.class,
      PretrainCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      CompareCommand.class,
      SegmentCommand.class,
      StylizeCommand.class,
      ExplainCommand.class,
      ReportCommand.class,
      TensorBoardCommand.class,
      ShowCommand.class,
      WatchCommand.class,
      ConfigCommand.class,
      DatasetsCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
      CompletionCommand.class,
      VersionCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = AsmCommand.Version.class,
    footerHeading =
        "%nasm COMMAND --help tells more: options with their defaults, exit statuses, an example. New here? docs/quickstart.md.%n",
    footer = {})
final class AsmCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "asm: expected a command, found none");
  }

  /** The running build. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"asm " + Build.current()};
    }
  }
}
