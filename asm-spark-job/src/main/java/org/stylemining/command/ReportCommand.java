package org.stylemining.command;

import java.util.concurrent.Callable;
import org.stylemining.report.ReportPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    description = "Writes report.html into a run's folder: one self-contained page.",
    footer = "  bin/asm report runs/first",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description =
          "A run folder, or a folder that holds one as train, with scores.json beside it.")
  private String folder;

  @Override
  public Integer call() throws Exception {
    System.out.println(ReportPage.write(folder, SparkRun.hadoop()));
    return 0;
  }
}
