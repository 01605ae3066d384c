package org.stylemining.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "datasets",
    description = "Checks data sets, or packs them: before anything is trained on them.",
    subcommands = {DatasetsCheckCommand.class, PackCommand.class},
    mixinStandardHelpOptions = true)
final class DatasetsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "asm datasets: expected what to do with them, found nothing");
  }
}
