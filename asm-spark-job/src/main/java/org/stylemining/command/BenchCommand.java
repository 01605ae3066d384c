package org.stylemining.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "bench",
    description = "Measures how fast this machine trains.",
    subcommands = {
      BenchStepCommand.class,
      BenchOpsCommand.class,
      BenchSyncCommand.class,
      BenchFeedCommand.class
    },
    mixinStandardHelpOptions = true)
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "asm bench: expected what to measure, found nothing");
  }
}
