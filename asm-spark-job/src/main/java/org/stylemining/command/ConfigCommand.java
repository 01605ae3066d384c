package org.stylemining.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "config",
    description =
        "Prints the whole configuration that a command would work with: includes, environment variables and defaults filled in, each value with its origin.",
    mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfArguments conf;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(conf.read().render());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
