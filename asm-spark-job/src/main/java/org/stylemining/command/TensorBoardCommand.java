package org.stylemining.command;

import java.util.concurrent.Callable;
import org.stylemining.tensorboard.TensorBoardExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "tensorboard",
    description = {
      "Writes the metrics of runs as event files, which TensorBoard shows: loss by round and by update, speed, waiting, memory, mining, scores.",
      "A run may still go on: the same command again brings its event file up to date. With report.tensorboard=true a run writes them by itself."
    },
    mixinStandardHelpOptions = true)
final class TensorBoardCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "A run folder, or a folder that holds some, such as a comparison's.")
  private String folder;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the event files, TensorBoard's --logdir; a path or a URI.")
  private String out;

  @Override
  public Integer call() throws Exception {
    TensorBoardExport.write(folder, out, SparkRun.hadoop()).forEach(System.out::println);
    return 0;
  }
}
