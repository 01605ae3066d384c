package org.stylemining.command;

import java.util.concurrent.Callable;
import org.stylemining.provenance.Build;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "version",
    description = "Prints the program's version and the commit it was built from.",
    footer = "  bin/asm version",
    mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().println("asm " + Build.current());
    return 0;
  }
}
