package org.stylemining.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stylemining.config.UserMistake;
import org.stylemining.provenance.Provenance;
import org.stylemining.report.DriftRecord;
import org.stylemining.report.MemoryRecord;
import org.stylemining.report.MetricsLog;
import org.stylemining.report.MetricsRecord;
import org.stylemining.report.RollbackRecord;
import org.stylemining.report.RoundRecord;
import org.stylemining.report.RunFolder;
import org.stylemining.report.StepRecord;
import org.stylemining.score.Scores;
import org.stylemining.tensorboard.EventReader.Read;
import org.stylemining.weights.PyTorch;

/** What TensorBoard finds of a run: two workers, rounds of two updates each. */
class TensorBoardTest {
  private static final Instant START = Instant.parse("2025-06-01T12:00:00Z");

  @TempDir Path folder;

  @Test
  void checksumsAreTensorFlowsOwn() {
    // Every event file begins with this frame: 24 bytes of a time and the file's version.
    byte[] length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(24).array();
    assertThat(RecordFraming.masked(length)).isEqualTo(0x224b7fa3);
    assertThat(Event.version(1)).hasSize(24);
  }

  @Test
  void aRunsLinesAndScoresBecomeCharts() throws Exception {
    run("run", 3);
    RunFolder run = at("run");
    Map<String, Double> classes = new LinkedHashMap<>();
    classes.put("road", 0.875);
    classes.put("train", null);
    run.write(run.scores(), new Scores(0.5, 0.75, classes).toJson());

    assertThat(export("run")).containsExactly(run.fileSystem().makeQualified(out()));

    List<Read> events = EventReader.folder(folder.resolve("out"));
    assertThat(events.get(0).version()).isEqualTo("brain.Event:2");
    assertThat(charts(events))
        .contains(
            "loss/update 1 1.25",
            "loss/update 2 1.5",
            "loss/update 6 3.5",
            "loss/round 2 1.0",
            "loss/round 6 3.0",
            "round 6 3.0",
            "learning_rate 5 0.125",
            "mining/style_distance 1 8.0",
            "mining/noise_length 1 8.5",
            "mining/step_length 1 2.0",
            "speed/images_per_second 4 16.0",
            "speed/round_seconds 4 10.0",
            "speed/sync_seconds 4 0.5",
            "speed/wait_share 4 0.25",
            "data/damaged_samples 4 1.0",
            "workers 4 2.0",
            "memory_MB/driver_resident 4 2000.0",
            "memory_MB/executor_7_heap 4 500.0",
            "drift/worker_1 4 0.5",
            "scores/mIoU 6 0.5",
            "scores/pixel_accuracy 6 0.75",
            "scores_by_class/road 6 0.875")
        .noneMatch(line -> line.startsWith("scores_by_class/train"))
        .noneMatch(line -> line.startsWith("memory_MB/executor_7_arrays"));
    // The log has no times: rounds of ten seconds follow the start.
    assertThat(events.get(events.size() - 1).seconds())
        .isCloseTo(START.getEpochSecond() + 30, within(1e-6));
  }

  @Test
  void ofARunThatGoesOnMoreLinesOnlyAddToTheSameFile() throws Exception {
    run("run", 2);
    export("run");
    byte[] before = onlyFile();
    Files.delete(folder.resolve("run/metrics.jsonl"));
    run("run", 3);

    export("run");

    byte[] after = onlyFile();
    assertThat(after.length).isGreaterThan(before.length);
    assertThat(Arrays.copyOf(after, before.length)).isEqualTo(before);
  }

  @Test
  void everyRunOfAComparisonIsARunInTensorBoard() throws Exception {
    run("compare/anchored/seed-1", 1);
    run("compare/adversarial/seed-1", 2);

    assertThat(export("compare"))
        .extracting(path -> path.toUri().getPath())
        .containsExactly(
            folder.resolve("out/adversarial/seed-1").toString(),
            folder.resolve("out/anchored/seed-1").toString());

    assertThat(charts(EventReader.folder(folder.resolve("out/adversarial/seed-1"))))
        .contains("round 4 2.0");
  }

  @Test
  void aFolderWithoutRunsIsRefused() {
    assertThatThrownBy(() -> export("nowhere"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("nowhere")
        .hasMessageContaining("metrics.jsonl");
  }

  @Test
  void whatARunWritesAlongCanBeReadAfterEachRound() throws Exception {
    try (LiveEvents live = new LiveEvents(at("run"))) {
      lines(1).forEach(live::take);
      assertThat(charts(EventReader.folder(folder.resolve("run/tensorboard"))))
          .contains("loss/round 2 1.0");
      lines(2).forEach(live::take);
      List<Read> events = EventReader.folder(folder.resolve("run/tensorboard"));
      assertThat(charts(events)).contains("loss/round 4 2.0");
      assertThat(events.get(events.size() - 1).seconds())
          .isCloseTo(System.currentTimeMillis() / 1e3, within(60.0));
    }
  }

  @Test
  void aRunThatWentBackTakesBackWhatItTold() throws Exception {
    try (LiveEvents live = new LiveEvents(at("run"))) {
      lines(1).forEach(live::take);
      lines(2).forEach(live::take);
      live.take(new RollbackRecord(1, 3, "the loss is NaN", 12, 1));
      lines(2).forEach(live::take);
    }

    assertThat(EventReader.folder(folder.resolve("run/tensorboard")))
        .filteredOn(Read::starts)
        .extracting(Read::step)
        .containsExactly(1L, 3L);
  }

  @Test
  void aFullDiskCostsTheChartsAndNotTheRun() throws Exception {
    Files.createDirectories(folder.resolve("run"));
    Files.writeString(folder.resolve("run/tensorboard"), "a file where the folder would be");

    try (LiveEvents live = new LiveEvents(at("run"))) {
      lines(1).forEach(live::take);
      lines(2).forEach(live::take);
    }

    assertThat(folder.resolve("run/tensorboard")).isRegularFile();
  }

  @Test
  void tensorBoardReadsThem() throws Exception {
    PyTorch.assumePresent("tensorboard");
    run("run", 3);
    export("run");
    List<String> expected = charts(EventReader.folder(folder.resolve("out")));

    String said = PyTorch.run("tensorboard_events.py", folder.resolve("out"));

    assertThat(said.lines().filter(line -> line.matches("\\S+ \\d+ \\S+")).toList())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void tensorBoardDropsWhatARunTookBack() throws Exception {
    PyTorch.assumePresent("tensorboard");
    try (LiveEvents live = new LiveEvents(at("run"))) {
      lines(1).forEach(live::take);
      lines(2).forEach(live::take);
      live.take(new RollbackRecord(1, 3, "the loss is NaN", 12, 1));
      lines(2).forEach(live::take);
    }

    String said = PyTorch.run("tensorboard_events.py", folder.resolve("run/tensorboard"));

    assertThat(said.lines().filter(line -> line.startsWith("loss/round ")).toList())
        .containsExactly("loss/round 2 1.0", "loss/round 4 2.0");
  }

  private org.apache.hadoop.fs.Path out() {
    return new org.apache.hadoop.fs.Path(folder.resolve("out").toString());
  }

  private List<org.apache.hadoop.fs.Path> export(String run) throws IOException {
    return TensorBoardExport.write(
        folder.resolve(run).toString(), folder.resolve("out").toString(), new Configuration());
  }

  private byte[] onlyFile() throws IOException {
    try (var files = Files.list(folder.resolve("out"))) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return Files.readAllBytes(all.get(0));
    }
  }

  /** {@code tag step value}, a line each. */
  private static List<String> charts(List<Read> events) {
    List<String> lines = new ArrayList<>();
    events.forEach(
        event ->
            event
                .values()
                .forEach(
                    (tag, value) -> lines.add(tag + " " + event.step() + " " + (double) value)));
    return lines;
  }

  private RunFolder at(String name) throws IOException {
    return RunFolder.at(folder.resolve(name).toString(), new Configuration());
  }

  private void run(String name, int rounds) throws IOException {
    RunFolder run = at(name);
    run.write(
        run.provenance(),
        Provenance.start("demo", "train", 1, null, "cpu", List.of(), START).toJson());
    try (MetricsLog log = MetricsLog.start(run)) {
      for (int round = 1; round <= rounds; round++) {
        for (MetricsRecord line : lines(round)) {
          log.write(line);
        }
      }
    }
  }

  private static List<MetricsRecord> lines(int round) {
    List<MetricsRecord> lines = new ArrayList<>();
    for (int worker = 0; worker < 2; worker++) {
      for (int step = 1; step <= 2; step++) {
        double loss = round + 0.25 * step + 0.5 * worker - 0.25;
        lines.add(
            new StepRecord(
                round,
                worker,
                2L * round - 2 + step,
                step,
                loss,
                loss,
                0.5,
                8,
                8.5,
                2,
                0.125,
                4,
                2,
                0.5));
      }
    }
    lines.add(new MemoryRecord(round, "driver", "a", 2_000_000_000L, 1_000_000, 1_000_000));
    lines.add(new MemoryRecord(round, "7", "b", 1_000_000_000L, -1, 500_000_000));
    lines.add(DriftRecord.of(round, 1, 0.5, 1));
    lines.add(new RoundRecord(round, 3, 2L * round, 6, 2, round, 160, 16, 10, 9.5, 0.5, 1, 0));
    return lines;
  }
}
