package org.stylemining.command;

import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.stylemining.report.ReportPage;
import org.stylemining.report.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

  @Option(
      names = "--baseline",
      paramLabel = "DIR",
      description =
          "Another run, or the folder of its scores, such as source-only's: its predictions are shown beside this run's.")
  private String baseline;

  @Override
  public Integer call() throws Exception {
    Configuration hadoop = SparkRun.hadoop();
    RunFolder run = RunFolder.at(folder, hadoop);
    System.out.println(
        baseline == null
            ? ReportPage.write(run)
            : ReportPage.write(run, RunFolder.at(baseline, hadoop)));
    return 0;
  }
}
