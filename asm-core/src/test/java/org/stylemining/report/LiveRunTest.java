package org.stylemining.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveRunTest {
  private static final Instant THEN = Instant.parse("2025-06-01T12:34:56Z");

  @TempDir Path folder;
  private Optional<LifeSign> sign = Optional.empty();
  private ExampleRun example;
  private LiveRun live;

  @BeforeEach
  void open() throws IOException {
    example = new ExampleRun(folder);
    live = new LiveRun(example.folder(), run -> sign);
  }

  @Test
  void aFolderThatIsNotThereYetIsWaitedFor() throws IOException {
    live =
        new LiveRun(
            RunFolder.at(folder.resolve("later").toString(), new Configuration()), run -> sign);

    assertThat(state().at("/run/stage").asText()).isEqualTo("waiting");
    assertThat(head()).contains("Waiting", folder.resolve("later").toString());
    assertThat(state().path("charts")).isEmpty();
    assertThat(folder.resolve("later")).doesNotExist();
  }

  @Test
  void aFinishedRunIsShownWhole() throws IOException {
    example.provenance().configuration().metrics(60, 2).strips().evaluation();

    JsonNode state = state();
    assertThat(state.at("/run/stage").asText()).isEqualTo("finished");
    assertThat(state.at("/run/since").asText()).isEqualTo("2025-06-01T12:09:31Z");
    assertThat(state.at("/run/round").asInt()).isEqualTo(60);
    assertThat(state.at("/run/secondsLeft").isNull()).isTrue();
    assertThat(state.path("charts").fieldNames())
        .toIterable()
        .containsExactly("loss", "speed", "steps", "distance", "memory");
    assertThat(state.at("/charts/loss/x")).hasSize(60);
    assertThat(state.at("/charts/steps/lines/1/label").asText()).isEqualTo("step 2");
    assertThat(head())
        .contains("<h1>gta5-to-cityscapes</h1>", "Finished", "mIoU", "checkpoints/round-000060");
    assertThat(state.at("/html/damaged").asText())
        .contains("label value 77", "&lt;empty&gt;")
        .doesNotContain("<empty>");
    assertThat(live.fragment("styles").orElseThrow()).contains("Round 1 ·", "Round 60 ·");
    assertThat(live.fragment("predictions").orElseThrow()).contains("frankfurt_000001");
    assertThat(live.fragment("secrets")).isEmpty();
  }

  @Test
  void aLivingRunTellsHowFarItIs() throws IOException {
    sign = Optional.of(new LifeSign("`train <x>`, process 7 on node-1", Instant.now(), true));
    assertThat(state().at("/run/stage").asText()).isEqualTo("starting");
    assertThat(head()).contains("Starting", "`train &lt;x&gt;`", "No round is complete yet");

    rounds(1, 12);
    JsonNode state = state();
    assertThat(state.at("/run/stage").asText()).isEqualTo("running");
    assertThat(state.at("/run/rounds").asInt()).isEqualTo(60);
    assertThat(state.at("/run/secondsLeft").asDouble()).isBetween(400.0, 480.0);
    assertThat(head()).contains("Time left", "width:20.0%", "process 7 on node-1");
    assertThat(head()).contains("The last round was told at <time datetime=");
  }

  @Test
  void aRunWhoseJobIsGoneIsShownAsStopped() throws IOException {
    rounds(1, 12);
    sign = Optional.of(new LifeSign("`train x`, process 7 on node-1", THEN, false));
    JsonNode lapsed = state();
    assertThat(lapsed.at("/run/stage").asText()).isEqualTo("stopped");
    assertThat(lapsed.at("/run/since").asText()).isEqualTo("2025-06-01T12:34:56Z");
    assertThat(head()).contains("since <time datetime=\"2025-06-01T12:34:56Z\">");

    sign = Optional.empty();
    assertThat(state().at("/run/stage").asText()).isEqualTo("stopped");
    assertThat(Instant.parse(state().at("/run/since").asText()))
        .isEqualTo(
            Files.getLastModifiedTime(folder.resolve("metrics.jsonl"))
                .toInstant()
                .truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
    assertThat(head()).doesNotContain("Time left", "failure.txt");
  }

  @Test
  void aStoppedRunTellsWhatFailedAndHowItGoesOn() throws IOException {
    example.provenance();
    rounds(1, 12);
    String json = Files.readString(folder.resolve("provenance.json"));
    Files.writeString(
        folder.resolve("provenance.json"), json.replaceFirst("\"ended\" : \"[^\"]*\",\\s*", ""));
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(folder.resolve("logs/failure.txt"), "x");

    assertThat(state().at("/run/stage").asText()).isEqualTo("stopped");
    assertThat(head())
        .contains(
            "logs/failure.txt",
            "<code>bin/asm train conf/gta5-to-cityscapes.conf mining.depth=2 --out runs/&lt;new&gt; --resume</code>");
  }

  @Test
  void roundsAppearAsTheRunWritesThemAndGoWhereItGoesBack() throws IOException {
    try (MetricsLog log = MetricsLog.start(example.folder())) {
      log.write(round(1, 8));
      assertThat(state().at("/charts/loss/x")).hasSize(1);
      log.write(round(2, 8));
      log.write(round(3, 8));
      assertThat(state().at("/charts/loss/x")).hasSize(3);
    }
    try (MetricsLog log = MetricsLog.resume(example.folder(), 1)) {
      log.write(new RollbackRecord(1, 3, "the loss is NaN", 24, 1));
      log.write(round(2, 9));
      JsonNode state = state();
      assertThat(state.at("/charts/loss/x")).hasSize(2);
      assertThat(state.at("/html/faults").asText()).contains("Training diverged");
    }
  }

  @Test
  void everyWorkerIsShownWithItsLagBehindTheMedian() throws IOException {
    try (MetricsLog log = MetricsLog.start(example.folder())) {
      for (int round = 1; round <= 2; round++) {
        log.write(worker(round, 0, "node-1", WorkerRecord.Outcome.AVERAGED, 4));
        log.write(worker(round, 1, "node-<2>", WorkerRecord.Outcome.AVERAGED, 4.5));
        log.write(worker(round, 2, "node-3", WorkerRecord.Outcome.LATE, 4.5 + 2.5 * round));
        log.write(new MemoryRecord(round, "2", "node-3", 3L << 29, 1, 1));
        log.write(round(round, 10));
      }
      log.write(worker(3, 0, "node-1", WorkerRecord.Outcome.AVERAGED, 99));
    }

    JsonNode state = state();
    String table = state.at("/html/workers").asText();
    assertThat(table)
        .contains("node-&lt;2&gt;", "<td>2 on node-3</td><td>late</td>")
        .contains("<td class=\"n\">9.50</td><td class=\"n\">+5.00</td><td class=\"n\">+3.75</td>")
        .contains("<td class=\"n\">−0.50</td>", "<td class=\"n\">25.0</td>", ">1.5</td>")
        .doesNotContain("99");
    JsonNode chart = state.at("/charts/workers/lines");
    assertThat(chart.at("/0/values").toString()).isEqualTo("[4.5,4.5]");
    assertThat(chart.at("/1/values").toString()).isEqualTo("[7.0,9.5]");
    assertThat(chart.at("/2/values").toString()).isEqualTo("[10.0,10.0]");
  }

  @Test
  void ofManyWorkersTheSlowestAreShown() throws IOException {
    try (MetricsLog log = MetricsLog.start(example.folder())) {
      for (int worker = 0; worker < 300; worker++) {
        log.write(worker(1, worker, "n", WorkerRecord.Outcome.AVERAGED, worker == 17 ? 50 : 4));
      }
      log.write(round(1, 50));
    }

    assertThat(state().at("/html/workers").asText())
        .contains("<th scope=\"row\">17</th>", "The 64 slowest of 300 workers");
  }

  @Test
  void aLongRunIsThinnedOut() throws IOException {
    try (MetricsLog log = MetricsLog.start(example.folder())) {
      for (int round = 1; round <= 20_000; round++) {
        log.write(new StepRecord(round, 0, round, 1, 1, 1, 0, 8, 8, 1, 1e-4, 4, 1, 0));
        log.write(new StepRecord(round, 0, round, 2, 2, 1, 0, 9, 8, 0, 1e-4, 4, 1, 0));
        log.write(round(round, 8));
      }
    }

    String state = live.look();
    assertThat(state.length()).isLessThan(150_000);
    assertThat(new ObjectMapper().readTree(state).at("/charts/loss/x")).hasSize(400);
  }

  @Test
  void aDemosFolderShowsWhatGoesOnInIt() throws IOException {
    ExampleRun encoder = new ExampleRun(folder.resolve("rain/phases/encoder"));
    encoder.metrics(3, 1);
    assertThat(state().at("/run/folder").asText()).endsWith("rain/phases/encoder");
    assertThat(head()).contains("style generator, encoder");

    ExampleRun train = new ExampleRun(folder.resolve("train"));
    train.provenance().metrics(4, 2);
    assertThat(state().at("/run/folder").asText()).endsWith("/train");
    assertThat(state().at("/run/rounds").asInt()).isEqualTo(4);
    assertThat(head()).doesNotContain("style generator");
  }

  @Test
  void aComparisonsFolderShowsTheCellThatTrains() throws IOException {
    cell("rain/seed-1/phases/decoder", "12:00:00");
    assertThat(head()).contains("rain/seed-1, style generator, decoder; 0 cells done");

    cell("random/seed-1", "12:00:30");
    assertThat(state().at("/run/folder").asText()).endsWith("random/seed-1");
    cell("adversarial/seed-1", "12:01:00");
    assertThat(head()).as("the same as before, which moves").contains("random/seed-1; 0 cells");

    Files.writeString(folder.resolve("random/seed-1/cell.json"), "{}");
    assertThat(head()).contains("adversarial/seed-1; 1 cell done");
    cell("random/seed-2", "12:20:00");
    assertThat(head()).as("the other has not moved for long").contains("random/seed-2; 1 cell");
  }

  private void cell(String name, String time) throws IOException {
    new ExampleRun(folder.resolve(name)).metrics(3, 1);
    Files.setLastModifiedTime(
        folder.resolve(name).resolve("metrics.jsonl"),
        FileTime.from(Instant.parse("2025-06-01T" + time + "Z")));
  }

  @Test
  void filesThatAreJustBeingWrittenAreReadTheNextTime() throws IOException {
    example.provenance().configuration().metrics(4, 2);
    assertThat(head()).contains("<h1>gta5-to-cityscapes</h1>");
    Files.copy(folder.resolve("provenance.json"), folder.resolve("copy"));

    Files.writeString(folder.resolve("provenance.json"), "{");
    assertThat(head()).contains("<h1>gta5-to-cityscapes</h1>");

    Files.move(
        folder.resolve("copy"),
        folder.resolve("provenance.json"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(head()).contains("Finished");
  }

  @Test
  void aNewStripIsShownInPlaceOfTheLast() throws IOException {
    example.metrics(60, 2).strips();
    String before = state().at("/versions/styles").asText();
    assertThat(live.fragment("styles").orElseThrow()).contains("Round 60");

    List<MiningStrip.Step> steps = List.of(new MiningStrip.Step(1, 2, 8));
    new MiningStrip(61, "a.png", steps)
        .write(
            example.folder(),
            ExampleRun.photo(ExampleRun.street(0), 1, 0),
            List.of(ExampleRun.photo(ExampleRun.street(0), 0.5, 0)));

    assertThat(state().at("/versions/styles").asText()).isNotEqualTo(before);
    assertThat(live.fragment("styles").orElseThrow())
        .contains("Round 1 ·", "Round 61 ·")
        .doesNotContain("Round 60");
  }

  private JsonNode state() throws IOException {
    return new ObjectMapper().readTree(live.look());
  }

  private String head() throws IOException {
    return state().at("/html/head").asText();
  }

  private void rounds(int first, int last) throws IOException {
    try (MetricsLog log = MetricsLog.start(example.folder())) {
      for (int round = first; round <= last; round++) {
        log.write(round(round, 10));
      }
    }
  }

  private static RoundRecord round(int round, double seconds) {
    return new RoundRecord(
        round,
        60,
        round,
        60,
        1,
        1.5,
        4,
        4 / seconds,
        seconds,
        seconds,
        0,
        0,
        (60 - round) * seconds);
  }

  private static WorkerRecord worker(
      int round, int worker, String host, WorkerRecord.Outcome outcome, double seconds) {
    return new WorkerRecord(
        round, worker, "" + worker, host, outcome, null, 4, seconds, seconds / 4);
  }
}
