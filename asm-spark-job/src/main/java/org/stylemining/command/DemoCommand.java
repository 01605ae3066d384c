package org.stylemining.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.stylemining.config.UserMistake;
import org.stylemining.data.demo.DemoData;
import org.stylemining.data.demo.DemoOptions;
import org.stylemining.report.ReportPage;
import org.stylemining.report.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "demo",
    description = {
      "Shows the whole of it on drawn street scenes, in minutes: makes data, trains the style generator, adapts a network with two workers, scores it, writes a report.",
      "Leaves DIR/train (a run folder), DIR/scores.json and DIR/report.html."
    },
    footer = "  bin/asm demo --out runs/demo",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class DemoCommand implements Callable<Integer> {
  private static final int WORKERS = 2;

  @Option(names = "--out", paramLabel = "DIR", description = "Folder for everything.")
  private String out = "runs/demo";

  @Parameters(
      index = "0..*",
      paramLabel = "key=value",
      showDefaultValue = Visibility.NEVER,
      description = "Values that override those of conf/demo.conf.")
  private List<String> overrides = List.of();

  @Override
  public Integer call() throws Exception {
    Configuration hadoop = SparkRun.hadoop();
    RunFolder folder = Outputs.folder(out, hadoop);
    Path data = new Path(folder.path(), "data");
    Path rain = new Path(folder.path(), "rain");
    RunFolder train = new RunFolder(folder.fileSystem(), new Path(folder.path(), "train"));
    for (Path part : List.of(data, rain, train.path())) {
      if (folder.fileSystem().exists(part)) {
        throw new UserMistake(
            "--out %s: holds a demo already (%s); choose another folder, or remove it"
                .formatted(folder.path(), part.getName()));
      }
    }
    ConfArguments conf = conf(data, rain);
    conf.read();

    say("1/5 drawing street scenes: two labelled sources, and a hazy target");
    DemoData.write(data, new DemoOptions(64, 32, 256, 128, 1), hadoop);
    try (SparkRun spark = SparkRun.start("asm demo", conf.read())) {
      say("2/5 training the style generator");
      try (PretrainJob job = PretrainJob.check(conf, rain.toString(), false)) {
        job.run(spark);
      }
      say("3/5 adapting to one image of the target, two workers");
      try (TrainJob job = TrainJob.check(conf, train.path().toString(), false)) {
        job.run(spark);
      }
      say("4/5 scoring on the target's other images");
      EvaluateJob.check(conf, train.path().toString(), folder.path().toString()).run(spark);
    }
    say("5/5 writing the report");
    say("look at " + ReportPage.write(folder));
    return 0;
  }

  /** The demo's experiment on this folder's data. */
  private ConfArguments conf(Path data, Path rain) {
    List<String> values =
        new ArrayList<>(
            List.of(
                "data.sources=[{type=gta5,root=\"%s\"},{type=synthia,root=\"%s\"}]"
                    .formatted(new Path(data, "gta5"), new Path(data, "synthia")),
                "data.target.root=" + new Path(data, "cityscapes"),
                "data.evaluation.root=" + new Path(data, "cityscapes"),
                "style.rain=" + rain,
                "cluster.workers=" + WORKERS));
    values.addAll(overrides);
    return new ConfArguments("demo", values);
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
