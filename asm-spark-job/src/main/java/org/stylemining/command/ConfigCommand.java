package org.stylemining.command;

import java.util.concurrent.Callable;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.ReferencePage;
import org.stylemining.data.Datasets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "config",
    description =
        "Prints the whole configuration that a command would work with: includes, environment variables and defaults filled in, each value with its origin.",
    footer = "  bin/asm config mnist-to-usps training.batch=32",
    mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfArguments conf;

  @Option(
      names = "--reference",
      help = true,
      description = "Prints the page docs/configuration.md instead: all keys; without CONF.")
  private boolean reference;

  @Override
  public Integer call() {
    if (reference) {
      spec.commandLine().getOut().print(ReferencePage.markdown());
      spec.commandLine().getOut().flush();
      return 0;
    }
    AsmConfig config = conf.read();
    // Told here, before a driver elsewhere would tell it.
    Datasets.of(config);
    spec.commandLine().getOut().print(config.render());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
