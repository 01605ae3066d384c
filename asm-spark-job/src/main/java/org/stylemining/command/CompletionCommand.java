package org.stylemining.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = {
      "Prints a script that completes commands in bash and zsh: their names, options, configurations of conf/, keys and the words that they may be set to, files.",
      "For this shell: source <(bin/asm completion). For every bash to come: the second example, with Debian's package bash-completion, or a line in ~/.bashrc that sources the file."
    },
    footer = {
      "  source <(bin/asm completion)",
      "  bin/asm completion >~/.local/share/bash-completion/completions/asm"
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(Completion.script(Commands.line()));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
