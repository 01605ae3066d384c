package org.stylemining.command;

import java.util.concurrent.Callable;
import org.stylemining.origin.Origin;
import org.stylemining.origin.OriginReader;
import org.stylemining.origin.OriginText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "show",
    description = {
      "Tells what made something: program, command, seed, cluster, data, weights and configuration, with the origin of each value.",
      "`train --like PATH` does a run again."
    },
    mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "PATH",
      description =
          "A run folder, a checkpoint, a generator's folder, scores.json, compare.json, a packed set, a folder of labels.")
  private String path;

  @Option(
      names = "--all",
      description =
          "Shows the whole configuration, not only what differs from this program's defaults.")
  private boolean all;

  @Option(names = "--json", description = "Tells it as JSON, the whole configuration included.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Origin origin = OriginReader.read(path, SparkRun.hadoop());
    spec.commandLine().getOut().print(json ? OriginText.json(origin) : OriginText.of(origin, all));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
