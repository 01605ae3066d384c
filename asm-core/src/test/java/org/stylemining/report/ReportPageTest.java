package org.stylemining.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.UserMistake;

class ReportPageTest {
  /** Whatever makes a browser ask for something that is not in the page. */
  private static final Pattern ASKS_FOR_MORE =
      Pattern.compile(
          "(?:src|href|srcset|action|poster)\\s*=\\s*[\"']?(?!data:)[^\"'\\s>]|url\\(|@import|<link|<iframe|fetch\\(|XMLHttpRequest");

  @TempDir Path folder;
  private ExampleRun run;

  @BeforeEach
  void open() throws IOException {
    run = new ExampleRun(folder);
  }

  @Test
  void showsAWholeRun() throws IOException {
    run.provenance().configuration().metrics(60, 2).strips().evaluation();

    String page = page();
    assertThat(page)
        .contains("<h1>gta5-to-cityscapes</h1>")
        .contains(
            "gta5 → cityscapes · DeepLab-v2 on resnet101 · adversarial sampling, 2 mining steps")
        .contains(
            "id=\"scores\"",
            "id=\"predictions\"",
            "id=\"styles\"",
            "id=\"mining\"",
            "id=\"training\"")
        .contains("id=\"damaged\"", "id=\"provenance\"", "id=\"configuration\"")
        .contains(
            "frankfurt_000001",
            "Round 1 ·",
            "Round 60 ·",
            "anchor image",
            "application_1700000000000_0042")
        .contains("Mean over 7 classes", "label value 77 is not in the table of gta5")
        .contains("the loss rises by");
    // Anchor, two strips of three, and three samples of three pictures each.
    assertThat(page.split("<img src=\"data:image/", -1)).hasSize(1 + 1 + 2 + 9);
  }

  @Test
  void showsAClassifiersRunInItsOwnTerms() throws IOException {
    run.classifier();

    assertThat(page())
        .contains("mnist → usps · ResNet-18 · adversarial sampling, 5 mining steps")
        .contains("<span class=\"label\">Accuracy</span>", "66.7<small>%</small>", "of 3 images")
        .contains("Accuracy by class", "All 3 images", "class=\"confusion\"")
        .contains("predicted 7, truly 1", "predicted 4, truly 4", "title=\"zip.test.gz-2\"")
        .doesNotContain("mIoU", "not scored", "DeepLab");
  }

  @Test
  void showsTheMemoryOfTheLargestExecutorAndOfTheDriver() throws IOException {
    run.metrics(4, 2);

    assertThat(page())
        .contains("id=\"memory\"", "the largest executor", "\"yLabel\":\"GiB\"")
        .contains("{\"label\":\"whole process\",\"colour\":0,\"dashed\":false,\"values\":[6.0,6.0,")
        .contains(
            "\"label\":\"arrays off the heap\",\"colour\":1,\"dashed\":false,\"values\":[3.0,")
        .contains(
            "\"label\":\"driver, whole process\",\"colour\":5,\"dashed\":true,\"values\":[2.0,");
  }

  @Test
  void showsBesideTheLossHowFarWorkersCameApart() throws IOException {
    run.metrics(2, 2);
    assertThat(page()).doesNotContain("Distance of the workers");
    try (MetricsLog log = MetricsLog.resume(run.folder(), 2)) {
      log.write(DriftRecord.of(1, 0, 1, 4));
      log.write(DriftRecord.of(1, 1, 3, 4));
      log.write(DriftRecord.of(2, 0, 1, 0));
      log.write(DriftRecord.of(2, 1, 1, 2));
    }

    assertThat(page())
        .contains("Distance of the workers from their mean")
        .contains(
            "{\"label\":\"mean of the workers\",\"colour\":1,\"dashed\":false,\"values\":[0.5,0.5]}",
            "{\"label\":\"farthest worker\",\"colour\":2,\"dashed\":true,\"values\":[0.75,0.5]}");
  }

  @Test
  void inLocalModeTheDriverIsTheExecutor() throws IOException {
    try (MetricsLog log = MetricsLog.start(run.folder())) {
      log.write(new MemoryRecord(1, "driver", "here", 2L << 30, 1L << 30, 1L << 29));
      log.write(new RoundRecord(1, 1, 1, 1, 1, 1.5, 4, 4, 1, 1, 0, 0, 0));
    }

    assertThat(page())
        .contains("driver and workers in one process")
        .doesNotContain("driver, whole process");
  }

  @Test
  void needsNothingButItself() throws IOException {
    run.provenance().configuration().metrics(60, 2).strips().evaluation();

    assertThat(page())
        .doesNotContainPattern(ASKS_FOR_MORE)
        .contains("default-src 'none'")
        .contains("var uPlot=");
  }

  @Test
  void showsTextOfTheRunAsTextOnly() throws IOException {
    run.provenance().configuration().metrics(4, 2);

    assertThat(page())
        .contains("runs/&lt;new&gt;", "found 0 bytes &lt;empty&gt;", "data/&lt;gta5&gt;")
        .doesNotContain("<new>", "<empty>", "<gta5>");
  }

  @Test
  void leavesOutWhatTheRunDoesNotHave() throws IOException {
    run.metrics(4, 2);

    assertThat(page())
        .contains("<h1>" + folder.getFileName() + "</h1>", "id=\"training\"", "id=\"mining\"")
        .doesNotContain(
            "id=\"scores\"",
            "id=\"predictions\"",
            "id=\"styles\"",
            "id=\"provenance\"",
            "id=\"configuration\"");
  }

  @Test
  void aRunWithoutStylesHasNoMining() throws IOException {
    try (MetricsLog log = MetricsLog.start(run.folder())) {
      log.write(new StepRecord(1, 0, 1, 1, 1.5, 1.5, 0, 0, 0, 0, 1e-4, 4, 1, 0));
      log.write(new RoundRecord(1, 1, 1, 1, 1, 1.5, 4, 4, 1, 1, 0, 0, 0));
    }

    assertThat(page())
        .contains("id=\"training\"")
        .doesNotContain("id=\"mining\"", "id=\"memory\"", "NaN");
  }

  @Test
  void whatTheRunGotOverIsListed() throws IOException {
    try (MetricsLog log = MetricsLog.start(run.folder())) {
      log.write(worker(0, "node-1", WorkerRecord.Outcome.AVERAGED, null, 2));
      log.write(worker(1, "node-2", WorkerRecord.Outcome.FAILED, "executor <lost>", 1));
      log.write(worker(1, "node-3", WorkerRecord.Outcome.AVERAGED, null, 6));
      log.write(worker(2, "node-4", WorkerRecord.Outcome.LATE, "not done", 9));
      log.write(new RoundRecord(1, 1, 1, 1, 1, 1.5, 4, 4, 1, 1, 0, 0, 0));
      log.write(new CheckpointFailureRecord(1, "No space left on device"));
      log.write(new RollbackRecord(1, 2, "the loss is NaN", 24, 1));
    }

    assertThat(page())
        .contains(
            "id=\"faults\"",
            "Worker 1 (executor 7 on node-2) failed and was begun anew: executor &lt;lost&gt;",
            "Worker 2 (executor 7 on node-4) was left out of the average: not done",
            "The checkpoint could not be written: No space left on device",
            "it went back to the checkpoint after round 1",
            "The slowest worker was 1, on node-3");
  }

  private static WorkerRecord worker(
      int worker, String host, WorkerRecord.Outcome outcome, String reason, double seconds) {
    return new WorkerRecord(1, worker, "7", host, outcome, reason, 4, seconds, 0);
  }

  @Test
  void stylesDrawnAnewAreNotCalledMined() throws IOException {
    try (MetricsLog log = MetricsLog.start(run.folder())) {
      log.write(new StepRecord(1, 0, 1, 1, 1.5, 1.5, 0, 8, 8, 0, 1e-4, 4, 1, 0));
      log.write(new StepRecord(1, 0, 2, 2, 1.7, 1.7, 0, 8, 8, 0, 1e-4, 4, 1, 0));
    }

    assertThat(page()).contains("drew its style anew", "+0.200").doesNotContain("are harder");
  }

  @Test
  void aRunThatHasJustBegunHasAPage() throws IOException {
    run.provenance().configuration();

    assertThat(page()).contains("id=\"provenance\"").doesNotContain("id=\"training\"", "NaN");
  }

  @Test
  void aFolderThatHoldsARunAndItsScoresHasAPageOfItsOwn() throws IOException {
    ExampleRun train = new ExampleRun(folder.resolve("train"));
    train.provenance().metrics(4, 2).strips();
    new ExampleRun(folder).evaluation();
    Files.move(folder.resolve("eval/scores.json"), folder.resolve("scores.json"));

    assertThat(page())
        .contains(
            "<h1>gta5-to-cityscapes</h1>",
            "id=\"scores\"",
            "id=\"predictions\"",
            "id=\"training\"",
            "id=\"styles\"");
    assertThat(folder.resolve("train/report.html")).doesNotExist();
  }

  @Test
  void showsTheLossInIterationsAndTheLengthOfSteps() throws IOException {
    run.metrics(60, 3);

    assertThat(page())
        .contains("Loss within iterations, in the course of training", "\"strokes\":true")
        .contains("a stroke through the mining steps of 2 rounds")
        .contains("Length of a mining step", "after step 2")
        .doesNotContain("after step 3");
  }

  @Test
  void showsMinedStylesBesideRealOnesAndTheFeaturesOfImages() throws IOException {
    run.configuration().metrics(4, 2).explanation("");

    assertThat(page())
        .contains("id=\"styles-mined\"", "id=\"features\"", "id=\"samplings\"")
        .contains(
            "runs/&lt;new&gt;/checkpoints/round-000060", "2 of 42 source images were damaged.")
        .contains("\"label\":\"search path\"", "\"label\":\"real target\"", "\"shape\":\"star\"")
        .contains("<td>25.0</td><td>2.00</td>", "loses 18.0% of the variance")
        .contains("<td>12.5</td><td>33.6</td>")
        .contains("Loss along the mining steps", "How far the style travels")
        .contains("adversarial · the first row’s styles after the last mining step")
        .doesNotContainPattern(ASKS_FOR_MORE);
  }

  @Test
  void classesOfWholeImagesAreTheirPointsMarks() throws IOException {
    run.classifier().explanation("7");

    assertThat(page()).contains("\"marks\":[\"7\",\"7\"", " · 7\"");
  }

  @Test
  void whatWasExplainedHasAPageWithoutARun() throws IOException {
    run.explanation("");

    assertThat(page()).contains("id=\"styles-mined\"").doesNotContain("id=\"training\"", "NaN");
    Files.writeString(folder.resolve("explain/embedding.json"), "{}");
    assertMistake(folder, "embedding.json: expected what `explain` wrote");
  }

  @Test
  void anotherRunsPredictionsStandBesideItsOwn() throws IOException {
    run.configuration().evaluation();
    ExampleRun other = new ExampleRun(folder.resolve("other"));
    other.evaluation();
    Files.writeString(folder.resolve("other/config.conf"), "training.method = source-only");

    ReportPage.write(run.folder(), other.folder());

    assertThat(
            Files.readString(folder.resolve("report.html")).split("<figcaption>source-only<", -1))
        .hasSize(4);
    ExampleRun digits = new ExampleRun(folder.resolve("digits"));
    digits.classifier();
    assertThatThrownBy(() -> ReportPage.write(run.folder(), digits.folder()))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("same images", "frankfurt_000000", "zip.test.gz-0");
    ReportPage.write(digits.folder(), digits.folder());
    assertThat(folder.resolve("digits/report.html"))
        .content()
        .contains("predicted 7, truly 1; adversarial: 7");
    ExampleRun none = new ExampleRun(folder.resolve("none"));
    none.metrics(2, 2);
    assertThatThrownBy(() -> ReportPage.write(run.folder(), none.folder()))
        .hasMessageContaining("--baseline")
        .hasMessageContaining("found none");
  }

  @Test
  void aPictureThatCannotBeReadIsLeftOut() throws IOException {
    run.metrics(4, 2).strips();
    Files.write(folder.resolve("strips/round-000060.png"), new byte[] {1, 2, 3});
    Files.writeString(folder.resolve("strips/round-000001.json"), "{");

    assertThat(page()).contains("Round 1<").doesNotContain("Round 60");
  }

  @Test
  void longRunsAreThinnedToWhatAScreenShows() throws IOException {
    run.metrics(5000, 2);

    assertThat(page().length()).isLessThan(200_000);
  }

  @Test
  void saysWhichFolderIsMissingOrHoldsNoRun() throws IOException {
    Path none = folder.resolve("none");
    Path file = Files.writeString(folder.resolve("a.txt"), "");
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertMistake(none, "found no such folder");
    assertMistake(file, "found a file");
    assertMistake(empty, "found an empty folder");
    assertMistake(folder, "found only a.txt, empty");
    Files.writeString(empty.resolve("scores.json"), "{}");
    assertMistake(empty, "scores.json");
  }

  private static void assertMistake(Path folder, String reason) {
    assertThatThrownBy(() -> ReportPage.write(folder.toString(), new Configuration()))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(reason);
  }

  private String page() throws IOException {
    org.apache.hadoop.fs.Path page = ReportPage.write(folder.toString(), new Configuration());
    assertThat(page.getName()).isEqualTo("report.html");
    return Files.readString(folder.resolve("report.html"));
  }
}
