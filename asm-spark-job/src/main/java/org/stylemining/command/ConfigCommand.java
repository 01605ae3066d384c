package org.stylemining.command;

import java.util.concurrent.Callable;
import org.stylemining.config.AsmConfig;
import org.stylemining.data.Datasets;
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
    AsmConfig config = conf.read();
    // Told here, before a driver elsewhere would tell it.
    Datasets.of(config);
    spec.commandLine().getOut().print(config.render());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
