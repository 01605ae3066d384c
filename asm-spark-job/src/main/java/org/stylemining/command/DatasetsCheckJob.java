package org.stylemining.command;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.stylemining.check.CheckPlan;
import org.stylemining.check.SetCheck;
import org.stylemining.check.SetsToCheck;
import org.stylemining.config.AsmConfig;
import org.stylemining.config.UserMistake;
import org.stylemining.data.Datasets;
import org.stylemining.inspection.CheckJson;
import org.stylemining.inspection.CheckResult;
import org.stylemining.inspection.CheckText;
import org.stylemining.monitoring.JobLabel;
import org.stylemining.report.CheckPage;
import org.stylemining.report.RunFolder;

/** What {@code datasets check} does. It computes nothing, so it needs neither natives nor GPUs. */
final class DatasetsCheckJob {
  /** Something is wrong with the sets. */
  static final int WRONG = 1;

  /** What Spark calls its jobs. */
  private static final String TITLE = "check";

  private final ConfArguments conf;
  private final AsmConfig config;
  private final Optional<RunFolder> out;
  private final int drawn;
  private final CheckPlan plan;

  private DatasetsCheckJob(
      ConfArguments conf, AsmConfig config, Optional<RunFolder> out, int drawn, CheckPlan plan) {
    this.conf = conf;
    this.config = config;
    this.out = out;
    this.drawn = drawn;
    this.plan = plan;
  }

  /**
   * Lists the sets, before work begins.
   *
   * @param out folder for the result; null for none
   * @param drawn samples of each set; 0: all
   * @throws UserMistake with every mistake
   */
  static DatasetsCheckJob check(ConfArguments conf, String out, int drawn) throws IOException {
    AsmConfig config = conf.read();
    Configuration hadoop = SparkRun.hadoop();
    Checks checks = new Checks();
    Optional<RunFolder> folder =
        out == null ? Optional.empty() : checks.find(() -> Outputs.folder(out, hadoop));
    Optional<CheckPlan> plan = checks.find(() -> SetsToCheck.plan(config, drawn, hadoop));
    checks.done();
    return new DatasetsCheckJob(conf, config, folder, drawn, plan.orElseThrow());
  }

  /** The exit status. */
  int run() throws IOException {
    System.out.printf(
        "looking at %d samples of %d sets%n", plan.samples().size(), plan.sets().size());
    CheckResult result;
    try (SparkRun spark = SparkRun.start("asm datasets check " + conf.experiment())) {
      result = out.isPresent() ? watched(spark, out.get()) : labelled(spark);
    }
    System.out.print(CheckText.of(result));
    if (out.isPresent()) {
      write(out.get(), result);
    }
    return result.isFine() ? 0 : WRONG;
  }

  private CheckResult watched(SparkRun spark, RunFolder folder) throws IOException {
    return spark.watched(group(), TITLE, folder.fileSystem(), folder.logs(), () -> look(spark));
  }

  private String group() {
    return "datasets check " + conf.experiment();
  }

  private CheckResult labelled(SparkRun spark) {
    try (JobLabel label = spark.label(group(), TITLE)) {
      return look(spark);
    }
  }

  private CheckResult look(SparkRun spark) {
    int slots = spark.slots(config.cluster().executors());
    return new SetCheck(spark.context(), config, slots, System.out)
        .run(plan, conf.experiment(), drawn);
  }

  private void write(RunFolder folder, CheckResult result) throws IOException {
    Datasets datasets = Datasets.of(config);
    folder.write(
        new Path(folder.path(), "check.json"),
        CheckJson.of(result, type -> datasets.get("type", type).table()));
    Path page = new Path(folder.path(), "check.html");
    folder.write(page, CheckPage.html(result));
    System.out.println("page: " + page);
  }
}
